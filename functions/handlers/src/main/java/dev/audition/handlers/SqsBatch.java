package dev.audition.handlers;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A batch of messages as Lambda hands it over. */
record SqsBatch(List<Message> messages) {
  /**
   * One message.
   *
   * @param receipt what this receipt of it is known by
   * @param groupId whose it is; empty for nobody's
   * @param received how often it was received, this time included
   */
  record Message(String id, String receipt, String body, String groupId, int received) {}

  SqsBatch {
    messages = List.copyOf(messages);
  }

  /**
   * Read a batch.
   *
   * @throws IllegalArgumentException if it is no event of a queue: the function is wired wrongly
   */
  static SqsBatch read(InputStream input) throws IOException {
    String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    if (!(JsonReader.read(text, "event") instanceof Mapping event)
        || !(event.find("Records").orElse(null) instanceof Sequence records)) {
      throw new IllegalArgumentException("event: no Records (expected: an event of a queue)");
    }
    List<Message> messages = new ArrayList<>();
    for (TreeNode node : records.items()) {
      if (node instanceof Mapping message) {
        messages.add(message(message));
      }
    }
    return new SqsBatch(messages);
  }

  /** Tell Lambda which messages are to come again; the others are deleted. */
  static void answer(OutputStream output, Collection<String> failed) throws IOException {
    TreeNode answer =
        Tree.mapping()
            .putList(
                "batchItemFailures",
                failed.stream()
                    .distinct()
                    .map(id -> Tree.mapping().putText("itemIdentifier", id).build())
                    .toList())
            .build();
    output.write(JsonWriter.write(answer).getBytes(StandardCharsets.UTF_8));
  }

  private static Message message(Mapping record) {
    Mapping attributes =
        record.find("attributes").orElse(null) instanceof Mapping found
            ? found
            : Tree.mapping().build();
    String received = text(attributes, "ApproximateReceiveCount");
    return new Message(
        text(record, "messageId"),
        text(record, "receiptHandle"),
        text(record, "body"),
        text(attributes, "MessageGroupId"),
        received.matches("\\d{1,9}") ? Integer.parseInt(received) : 1);
  }

  private static String text(Mapping object, String key) {
    return object.find(key).orElse(null) instanceof Scalar scalar ? scalar.text() : "";
  }
}
