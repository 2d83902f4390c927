package dev.audition.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.run.ReportJson;
import dev.audition.core.run.RunReport;
import dev.audition.core.verdict.Verdict;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the document to its published schema. */
class ReportJsonTest {
  private static final Path SCHEMA =
      Path.of(System.getProperty("audition.project", "../.."), "events/run-report.schema.json");

  @Test
  void aReportOfEveryKindFitsTheSchema() throws IOException {
    for (RunReport report :
        List.of(SampleReports.passed(), SampleReports.failed(), SampleReports.running())) {
      assertThat(errors(ReportJson.render(report, List.of()))).isEmpty();
    }
  }

  @Test
  void refusalsAndWarningsAreTold() throws IOException {
    String json =
        ReportJson.render(
            SampleReports.failed(),
            List.of(
                new Diagnostic(Severity.REFUSAL, Category.CLASH, null, "", "two on one port", ""),
                new Diagnostic(Severity.WARNING, Category.NO_EFFECT, null, "", "no effect", "")));

    assertThat(errors(json)).isEmpty();
    assertThat(json).contains("\"two on one port\"").contains("\"no effect\"");
  }

  @Test
  void theVerdictAndTheExitCodesAreThere() {
    assertThat(ReportJson.render(SampleReports.failed(), List.of()))
        .contains("\"verdict\": \"" + Verdict.FAILED + "\"")
        .contains("\"exitCode\": 3");
  }

  private static List<String> errors(String json) throws IOException {
    Validator validator =
        new ValidatorFactory()
            .withJsonNodeFactory(new dev.harrel.jsonschema.providers.JacksonNode.Factory())
            .createValidator();
    URI schema = validator.registerSchema(Files.readString(SCHEMA));
    return validator.validate(schema, json).getErrors().stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getError())
        .toList();
  }
}
