package dev.audition.core.run;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.Optional;

/**
 * A message of the queue of hooks. It names the delivery and holds nothing else: what is said is
 * read from the run when it is sent.
 *
 * @param attempt 1-based, see {@link HookService#deliver}
 */
public record HookLetter(HookKey key, int attempt) {
  private static final int SCHEMA = 1;

  /** Return the letter that begins a delivery. */
  public static HookLetter first(HookKey key) {
    return new HookLetter(key, 1);
  }

  /** Return the letter of the next attempt. */
  public HookLetter next() {
    return new HookLetter(key, attempt + 1);
  }

  /** Write the message's body. */
  public String write() {
    return JsonWriter.write(
        Tree.mapping()
            .putNumber("schema", SCHEMA)
            .putText("id", key.id())
            .putNumber("attempt", attempt)
            .build());
  }

  /** Read a message's body; empty if it is none of ours. */
  public static Optional<HookLetter> read(String body) {
    try {
      TreeNode node = JsonReader.read(body, "hook");
      if (!(node instanceof Mapping mapping)) {
        return Optional.empty();
      }
      JsonFields fields = JsonFields.of(mapping);
      return fields.number("schema") == SCHEMA
          ? HookKey.parse(fields.text("id"))
              .map(key -> new HookLetter(key, Math.max(1, fields.number("attempt"))))
          : Optional.empty();
    } catch (MalformedJsonException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
