package dev.audition.handlers.template;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Sequence;
import dev.audition.core.tree.YamlReader;
import java.util.List;
import java.util.Objects;

/** The samples of {@code events/}, and what {@code events/samples.yaml} says of them. */
public final class EventSamples {
  private static final String ROWS = "events/samples.yaml";

  private EventSamples() {}

  /** Return the names of their files. */
  public static List<String> names() {
    return ProjectFiles.names("events").stream()
        .filter(name -> name.endsWith(".json") && !name.endsWith(".schema.json"))
        .toList();
  }

  /** Return a sample as it is written. */
  public static String text(String sample) {
    return ProjectFiles.text("events/" + sample);
  }

  /** Return what is to come of a sample. */
  public static String then(String sample) {
    return Nodes.text(Nodes.get(row(sample), "then"));
  }

  /** Return the bodies of a batch; of anything else, itself. */
  public static List<String> bodies(String sample) {
    List<String> bodies =
        Nodes.items(ProjectFiles.json("events/" + sample), "Records").stream()
            .map(message -> Nodes.text(Nodes.get(message, "body")))
            .toList();
    return bodies.isEmpty() ? List.of(text(sample)) : bodies;
  }

  /** Return the row that counts for a sample. */
  static TreeNode row(String sample) {
    TreeNode read = YamlReader.read(ProjectFiles.text(ROWS), ROWS, new Diagnostics());
    return ((Sequence) Objects.requireNonNull(read))
        .items().stream()
            .filter(row -> sample.matches(file(row).replace("*", ".*")))
            .findFirst()
            .orElseThrow(() -> new AssertionError(ROWS + ": no row for " + sample));
  }

  private static String file(TreeNode row) {
    return Nodes.text(Nodes.get(row, "file"));
  }
}
