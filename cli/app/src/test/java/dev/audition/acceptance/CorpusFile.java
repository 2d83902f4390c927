package dev.audition.acceptance;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.testkit.Corpus;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import dev.audition.core.tree.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of a public project, alone at its place in that project: nothing else is there.
 *
 * @param name its name in the collection, {@code owner__repository__folder__file}
 * @param path where it lies in the project, absolute
 */
record CorpusFile(String name, String path, String text) implements SourceFiles {
  /** The project's root. */
  static final String ROOT = "/project";

  /** Read a file of the collection. */
  static CorpusFile of(Path file) {
    String name = file.getFileName().toString();
    String[] parts = name.split("__+", 3);
    String place = parts.length < 3 ? name : parts[2].replaceAll("__+", "/");
    return new CorpusFile(name, ROOT + "/" + place, Corpus.text(file));
  }

  /** Return the repository's name. */
  String repository() {
    String[] parts = name.split("__+", 3);
    return parts.length < 3 ? "project" : parts[1];
  }

  /**
   * Return this file as a pipeline, if it is only some steps, as the documentation shows them: what
   * the refusal of such a file asks for.
   */
  CorpusFile asPipeline() {
    boolean whole = root(text).find("steps").isPresent() || compositionSteps().isEmpty();
    return whole ? this : new CorpusFile(name, path, "version: '1.0'\nsteps:\n" + text.indent(2));
  }

  /** Return the names of the steps that hold a composition in place, wherever they stand. */
  List<String> compositionSteps() {
    List<String> names = new ArrayList<>();
    collect(root(text), names);
    return names;
  }

  private static void collect(TreeNode node, List<String> names) {
    switch (node) {
      case Scalar _ -> {}
      case Sequence sequence -> sequence.items().forEach(item -> collect(item, names));
      case Mapping mapping -> {
        for (Entry entry : mapping.entries()) {
          if (entry.value() instanceof Mapping step && isComposition(step)) {
            names.add(entry.key());
          } else {
            collect(entry.value(), names);
          }
        }
      }
    }
  }

  private static boolean isComposition(Mapping step) {
    return step.find("type").orElse(null) instanceof Scalar type
        && type.text().equals("composition")
        && step.find("composition").orElse(null) instanceof Mapping;
  }

  private Mapping root(String yaml) {
    return YamlReader.read(yaml, name, new Diagnostics()) instanceof Mapping mapping
        ? mapping
        : new Mapping(List.of(), null, SourceLocation.of(name));
  }

  @Override
  public Content read(String asked) {
    return asked.equals(path) ? new Content.Text(text) : new Content.Missing();
  }

  @Override
  public Kind kind(String asked) {
    if (asked.equals(path)) {
      return Kind.FILE;
    }
    return asked.equals(ROOT) || path.startsWith(asked + "/") ? Kind.FOLDER : Kind.ABSENT;
  }

  @Override
  public String display(String asked) {
    String prefix = ROOT + "/";
    return asked.startsWith(prefix) ? asked.substring(prefix.length()) : asked;
  }
}
