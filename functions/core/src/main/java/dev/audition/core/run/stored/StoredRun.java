package dev.audition.core.run.stored;

import dev.audition.core.run.Moment;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunJson;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A run in two parts: what changes and what does not.
 *
 * <p>Every commit writes the whole state, so that it must be small: what a step and its containers
 * are, reasons, paragraphs and, if it has to be, steps that have ended stand in the texts, and the
 * state names them by number. Whether something is a text is never a matter of right or wrong: a
 * text that changes after all is one text more.
 *
 * @param state on one line
 * @param texts numbered from 0; only ever added to
 * @param moments in order; only ever added to
 */
public record StoredRun(String state, List<String> texts, List<Moment> moments) {
  /** What the state should not exceed, in bytes; the item of a store has fields beside it. */
  static final int AIM = 3_000;

  public StoredRun {
    texts = List.copyOf(texts);
    moments = List.copyOf(moments);
  }

  /**
   * Return a run's parts.
   *
   * @param known the texts that are stored already; the new ones follow them
   */
  public static StoredRun of(Run run, List<String> known) {
    Mapping tree = RunJson.tree(run).without("moments");
    StoredRun stored = null;
    for (Tightness tightness : Tightness.values()) {
      Texts texts = new Texts(known);
      String state = JsonWriter.write(new StateWriter(texts, tightness, run).write(tree));
      stored = new StoredRun(state, texts.all(), run.moments());
      if (state.getBytes(StandardCharsets.UTF_8).length <= AIM) {
        break;
      }
    }
    return Objects.requireNonNull(stored);
  }

  /**
   * Return the run.
   *
   * @param name where the parts are from, for messages
   * @throws IllegalArgumentException if they are none of ours, or a later release wrote them
   */
  public Run run(String name) {
    Mapping tree = new StateReader(texts, name).read(JsonReader.read(state, name));
    List<Mapping> told = moments.stream().map(RunJson::tree).toList();
    return RunJson.read(told.isEmpty() ? tree : tree.with(entry("moments", Tree.list(told))), name);
  }

  private static TreeNode.Entry entry(String key, TreeNode value) {
    return new TreeNode.Entry(key, value.location(), value);
  }

  /** Write moments as one text. */
  public static String write(List<Moment> moments) {
    return JsonWriter.write(Tree.list(moments.stream().map(RunJson::tree).toList()));
  }

  /**
   * Read moments.
   *
   * @throws IllegalArgumentException if they are none
   */
  public static List<Moment> readMoments(String text, String name) {
    return switch (JsonReader.read(text, name)) {
      case Sequence sequence -> sequence.items().stream().map(RunJson::moment).toList();
      case Mapping node -> throw unexpected(node);
      case TreeNode.Scalar node -> throw unexpected(node);
    };
  }

  private static IllegalArgumentException unexpected(TreeNode node) {
    return new IllegalArgumentException(
        "%s: %s (expected: a list of moments)".formatted(node.location(), node.kind()));
  }
}
