package dev.audition.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.CloudException;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.handlers.SqsBatch.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  private static final String EVENT =
      """
      {"Records": [
        {"messageId": "m-1", "receiptHandle": "h-1", "body": "one",
         "attributes": {"ApproximateReceiveCount": "3", "MessageGroupId": "shop"}},
        {"messageId": "m-2", "receiptHandle": "h-2", "body": "two", "attributes": {}},
        {"messageId": "m-3", "receiptHandle": "h-3", "body": "three", "attributes": {}}]}\
      """;

  private final ManualClock clock = new ManualClock();
  private final Lines lines = new Lines(clock);
  private final Invocation invocation = new Invocation(clock);
  private final Batches batches = new Batches(lines.log, invocation);

  private static SqsBatch batch(String json) throws IOException {
    return SqsBatch.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  @Test
  void aBatchIsReadAsLambdaHandsItOver() throws IOException {
    assertThat(batch(EVENT).messages())
        .contains(
            new Message("m-1", "h-1", "one", "shop", 3), new Message("m-2", "h-2", "two", "", 1));
  }

  @Test
  void whatIsNoBatchIsAFault() {
    assertThatThrownBy(() -> batch("{\"detail\": {}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an event of a queue");
  }

  @Test
  void onlyWhatFailedComesBack() throws IOException {
    List<String> done = new ArrayList<>();
    List<String> failed =
        batches.each(
            batch(EVENT),
            message -> {
              if (message.body().equals("two")) {
                throw new IllegalStateException("no");
              }
              done.add(message.body());
            });
    assertThat(done).containsExactly("one", "three");
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    SqsBatch.answer(answer, failed);
    assertThat(answer.toString(UTF_8))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"}]}");
    assertThat(lines.text()).contains("\"ERROR\"").contains("a fault").contains("m-2");
  }

  @Test
  void whatComesBackIsHurriedAndNoneTheWorseWhereThatFails() throws IOException {
    List<String> hurried = new ArrayList<>();
    List<String> failed =
        batches.each(
            batch(EVENT),
            message -> {
              if (!message.body().equals("two")) {
                throw new RuntimeUnavailableException("not stored yet");
              }
            },
            message -> {
              hurried.add(message.id());
              throw new CloudException("Could not keep back", true, "", null);
            });
    assertThat(failed).containsExactly("m-1", "m-3");
    assertThat(hurried).containsExactly("m-1", "m-3");
    assertThat(lines.text()).contains("comes back later: Could not keep back");
  }

  @Test
  void whatThereIsNoTimeForComesBack() throws IOException {
    invocation.begins();
    List<String> failed =
        batches.each(batch(EVENT), _ -> clock.advance(Invocation.BEGINS_FOR.dividedBy(2)));
    assertThat(failed).containsExactly("m-3");
    invocation.begins();
    assertThat(batches.each(batch(EVENT), _ -> {})).isEmpty();
  }

  @Test
  void messagesOfOneGroupAreHandledTogetherAndComeBackTogether() throws IOException {
    List<List<String>> handled = new ArrayList<>();
    List<String> failed =
        batches.grouped(
            batch(EVENT),
            message -> message.body().startsWith("t") ? "t" : "o",
            (group, messages) -> {
              handled.add(messages.stream().map(Message::body).toList());
              if (group.equals("t")) {
                throw new RuntimeUnavailableException("no answer", new IOException());
              }
            },
            (message, _) -> {
              throw new AssertionError(message);
            });
    assertThat(handled).containsExactly(List.of("one"), List.of("two", "three"));
    assertThat(failed).containsExactly("m-2", "m-3");
    assertThat(lines.text()).contains("comes back: no answer").doesNotContain("\"ERROR\"");
  }

  @Test
  void messagesOfNobodyAreDoneWithAndUnreadableOnesPutAsideWithTheReason() throws IOException {
    List<String> buried = new ArrayList<>();
    List<String> failed =
        batches.grouped(
            batch(EVENT),
            message ->
                switch (message.body()) {
                  case "one" -> "";
                  case "two" -> JsonReader.read("{", "message").kind();
                  default -> throw new IllegalArgumentException("not one of ours");
                },
            (_, _) -> {
              throw new AssertionError("nothing is left to handle");
            },
            (message, reason) -> {
              buried.add(message.id() + " " + reason);
              if (message.id().equals("m-3")) {
                throw new CloudException("Could not send", true, "", null);
              }
            });
    assertThat(failed).as("what could not be put aside").containsExactly("m-3");
    assertThat(buried).hasSize(2).contains("m-3 not one of ours");
    assertThat(lines.text())
        .contains(MalformedJsonException.class.getSimpleName())
        .contains("comes back: Could not send");
  }

  @Test
  void aServiceThatRefusesForGoodIsAnError() throws IOException {
    var _ =
        batches.each(
            batch(EVENT),
            _ -> {
              throw new CloudException("Could not: AccessDenied", false, "AccessDenied", null);
            });
    assertThat(lines.text()).contains("a service refuses");
  }
}
