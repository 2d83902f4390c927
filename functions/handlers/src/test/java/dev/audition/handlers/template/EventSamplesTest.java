package dev.audition.handlers.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every sample of {@code events/} to its schema and to the template. */
class EventSamplesTest {
  private static final String OUR_CLUSTER =
      "arn:aws:ecs:eu-central-1:111122223333:cluster/audition";

  private final TemplateFile template = TemplateFile.read();

  private static List<String> samples() {
    return EventSamples.names();
  }

  private static TreeNode row(String sample) {
    return EventSamples.row(sample);
  }

  private static Optional<String> value(TreeNode row, String key) {
    return Nodes.find(row, key).map(Nodes::text);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void fitsItsSchemaAndSoDoTheMessagesInIt(String sample) {
    TreeNode row = row(sample);
    value(row, "schema")
        .ifPresent(
            schema ->
                assertThat(Schemas.errors(schema, ProjectFiles.text("events/" + sample)))
                    .isEmpty());
    value(row, "bodies")
        .ifPresent(
            schema ->
                assertThat(bodies(sample))
                    .isNotEmpty()
                    .allSatisfy(body -> assertThat(Schemas.errors(schema, body)).isEmpty()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void passesTheRuleOrNotAsStated(String sample) {
    Optional<String> stated = value(row(sample), "rule");
    if (stated.isPresent()) {
      assertThat(stated.get()).isIn("through", "ignored");
      assertThat(pattern().matches(ProjectFiles.json("events/" + sample)))
          .isEqualTo(stated.get().equals("through"));
    }
  }

  @Test
  void everyMessageOfTaskEventsHasPassedTheRule() {
    assertThat(bodies("sqs-task-events.json"))
        .hasSize(2)
        .allSatisfy(
            body ->
                assertThat(pattern().matches((Mapping) JsonReader.read(body, "body"))).isTrue());
  }

  @Test
  void batchesComeFromTheQueueOfTheirFunctionAndAreNoLarger() {
    for (String sample : samples()) {
      Optional<String> function = value(row(sample), "function");
      Optional<Mapping> source = function.flatMap(template::queueSource);
      if (source.isPresent()) {
        String queue = TemplateFile.referred(Nodes.get(source.get(), "Queue"));
        List<TreeNode> records = Nodes.items(ProjectFiles.json("events/" + sample), "Records");

        assertThat(records).hasSizeLessThanOrEqualTo(Nodes.number(source.get(), "BatchSize"));
        assertThat(records)
            .allSatisfy(
                message ->
                    assertThat(Nodes.text(Nodes.get(message, "eventSourceARN")))
                        .contains(":audition-" + queue + "-"));
      }
    }
  }

  @Test
  void aPatternAsksForEveryFieldAndTakesAnyOfItsValues() {
    Mapping pattern = (Mapping) JsonReader.read("{\"a\":[\"1\",\"2\"],\"b\":{\"c\":[\"x\"]}}", "p");
    EventPattern asked = new EventPattern(pattern, text -> text);

    assertThat(asked.matches((Mapping) JsonReader.read("{\"a\":\"2\",\"b\":{\"c\":\"x\"}}", "e")))
        .isTrue();
    assertThat(
            asked.matches(
                (Mapping) JsonReader.read("{\"a\":[\"0\",\"1\"],\"b\":{\"c\":\"x\"}}", "e")))
        .isTrue();
    Stream.of(
            "{\"a\":\"3\",\"b\":{\"c\":\"x\"}}",
            "{\"a\":\"1\",\"b\":{}}",
            "{\"a\":\"1\"}",
            "{\"a\":\"1\",\"b\":\"x\"}")
        .forEach(
            event ->
                assertThat(asked.matches((Mapping) JsonReader.read(event, "e")))
                    .as(event)
                    .isFalse());
  }

  @Test
  void aPatternLeavesOutWhatItNames() {
    Mapping pattern = (Mapping) JsonReader.read("{\"a\":[{\"anything-but\":[\"1\"]}]}", "p");
    EventPattern asked = new EventPattern(pattern, text -> text);

    assertThat(asked.matches((Mapping) JsonReader.read("{\"a\":\"2\"}", "e"))).isTrue();
    assertThat(asked.matches((Mapping) JsonReader.read("{\"a\":\"1\"}", "e"))).isFalse();
    assertThat(asked.matches((Mapping) JsonReader.read("{\"b\":\"2\"}", "e"))).isFalse();
  }

  private EventPattern pattern() {
    return EventPattern.ofTaskStateChanges(OUR_CLUSTER);
  }

  private static List<String> bodies(String sample) {
    return Nodes.items(ProjectFiles.json("events/" + sample), "Records").stream()
        .map(message -> Nodes.text(Nodes.get(message, "body")))
        .toList();
  }
}
