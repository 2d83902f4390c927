package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A freestyle step's container in compose's words.
 *
 * @param entrypoint null to keep the image's
 * @param command text, a list, or null to keep the image's
 * @param workingDir null for the image's
 * @param volumes in compose's short form
 */
record FreestyleContainer(
    Scalar image,
    @Nullable TreeNode entrypoint,
    @Nullable TreeNode command,
    SequencedMap<String, String> environment,
    @Nullable String workingDir,
    List<String> volumes) {
  /** What compose would take for a variable, and what a pipeline leaves where it has no value. */
  private static final Pattern DOLLAR = Pattern.compile("\\$\\{\\{[^}]*}}|\\$");

  FreestyleContainer {
    volumes = List.copyOf(volumes);
  }

  /** Write it as a service whose text compose does not change. */
  Mapping asService() {
    SourceLocation where = image.location();
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("image", where, escaped(image)));
    if (entrypoint != null) {
      entries.add(new Entry("entrypoint", entrypoint.location(), escaped(entrypoint)));
    }
    if (command != null) {
      entries.add(new Entry("command", command.location(), escaped(command)));
    }
    List<Entry> variables = new ArrayList<>();
    environment.forEach(
        (name, value) ->
            variables.add(new Entry(name, where, new Scalar(escaped(value), false, null, where))));
    entries.add(new Entry("environment", where, new Mapping(variables, null, where)));
    if (workingDir != null) {
      entries.add(
          new Entry("working_dir", where, new Scalar(escaped(workingDir), false, null, where)));
    }
    List<TreeNode> mounts = new ArrayList<>();
    volumes.forEach(volume -> mounts.add(new Scalar(escaped(volume), false, null, where)));
    entries.add(new Entry("volumes", where, new Sequence(mounts, null, where)));
    return new Mapping(entries, null, where);
  }

  private static TreeNode escaped(TreeNode node) {
    return switch (node) {
      case Scalar scalar ->
          new Scalar(escaped(scalar.text()), false, scalar.tag(), scalar.location());
      case Sequence sequence ->
          new Sequence(
              sequence.items().stream().map(FreestyleContainer::escaped).toList(),
              sequence.tag(),
              sequence.location());
      case Mapping mapping -> mapping;
    };
  }

  /** Return text that compose interpolates to what it is now. */
  static String escaped(String text) {
    return DOLLAR
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(found.group().equals("$") ? "$$" : found.group()));
  }
}
