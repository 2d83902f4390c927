package dev.audition.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.request.RunRequestReader;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the published schema and what is really read to one another. */
class RunRequestSchemaTest {
  private static final Path EVENTS =
      Path.of(System.getProperty("audition.project", "../.."), "events");

  /** The least a request says, and something more. */
  private static String least(String more) {
    return """
    {"schema": 1, "runId": "r-1", "project": "shop",
     "source": {"archive": "runs/r-1/source.zip", "name": "shop"}%s}\
    """
        .formatted(more);
  }

  private static boolean fits(String json) throws IOException {
    Validator validator =
        new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory()).createValidator();
    URI schema =
        validator.registerSchema(Files.readString(EVENTS.resolve("run-request.schema.json")));
    return validator.validate(schema, json).isValid();
  }

  private static boolean read(String json) {
    return RunRequestReader.read(json) instanceof RunRequestReader.Outcome.Accepted;
  }

  @ParameterizedTest
  @ValueSource(strings = {"run-request.json", "run-request-compose.json"})
  void everySampleFitsAndIsRead(String sample) throws IOException {
    String json = Files.readString(EVENTS.resolve(sample));
    assertThat(fits(json)).isTrue();
    assertThat(read(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", \"file\": \"codefresh.yml\"",
        ", \"files\": [\"a.yml\", \"b.yml\"], \"candidates\": [\"tests\"]",
        ", \"timeoutSeconds\": 86400, \"skipUnsupported\": false",
        ", \"step\": null",
        ", \"timeoutSeconds\": 86401",
        ", \"timeoutSeconds\": \"60\"",
        ", \"queueTimeoutSeconds\": 600",
        ", \"queueTimeoutSeconds\": 0",
        ", \"queueTimeoutSeconds\": 86401",
        ", \"skipUnsupported\": \"yes\"",
        ", \"variables\": {\"A\": 1}",
        ", \"variables\": {\"A\": \"1\"}",
        ", \"images\": {\"a\": \"\"}",
        ", \"file\": \"a\", \"files\": [\"b\"]",
        ", \"unknown\": 1",
      })
  void whatFitsIsReadAndNothingElse(String more) throws IOException {
    String json = least(more);
    assertThat(read(json)).isEqualTo(fits(json));
  }
}
