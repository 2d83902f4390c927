package dev.audition.cli;

import dev.audition.core.compose.EnvFile;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads {@code --var-file}: lines {@code K=V}, or a YAML or JSON mapping of texts. */
final class VariableFile {
  private VariableFile() {}

  /**
   * Read a file.
   *
   * @throws UsageException if it cannot be read, with every place that is wrong
   */
  static SequencedMap<String, String> read(String path, SourceFiles sources) {
    String name = sources.display(path);
    return switch (sources.read(path)) {
      case SourceFiles.Content.Text(String text) ->
          looksLikeLines(text) ? lines(text, name) : mapping(text, name);
      case SourceFiles.Content.Missing _ ->
          throw new UsageException("--var-file: there is no file " + name);
      case SourceFiles.Content.Unreadable(String reason) ->
          throw new UsageException("--var-file " + name + ": " + reason);
    };
  }

  private static boolean looksLikeLines(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .allMatch(line -> line.matches("(?:export )?[A-Za-z_][A-Za-z0-9_.]*=.*"));
  }

  private static SequencedMap<String, String> lines(String text, String name) {
    Diagnostics diagnostics = new Diagnostics();
    SequencedMap<String, String> values = EnvFile.read(text, name, diagnostics);
    refuse(diagnostics);
    return values;
  }

  private static SequencedMap<String, String> mapping(String text, String name) {
    Diagnostics diagnostics = new Diagnostics();
    TreeNode node = YamlReader.read(text, name, diagnostics);
    refuse(diagnostics);
    if (!(node instanceof TreeNode.Mapping mapping)) {
      throw new UsageException(
          "--var-file " + name + ": expected lines K=V, or a mapping of names to texts");
    }
    SequencedMap<String, String> values = new LinkedHashMap<>();
    for (TreeNode.Entry entry : mapping.entries()) {
      if (!(entry.value() instanceof TreeNode.Scalar scalar)) {
        throw new UsageException(
            entry.keyLocation()
                + ": "
                + entry.key()
                + ": expected text, not "
                + entry.value().kind());
      }
      values.put(entry.key(), scalar.isNull() ? "" : scalar.text());
    }
    return values;
  }

  private static void refuse(Diagnostics diagnostics) {
    List<Diagnostic> refusals = diagnostics.sorted().stream().filter(Diagnostic::refuses).toList();
    if (!refusals.isEmpty()) {
      throw new UsageException(
          String.join("\n", refusals.stream().map(Diagnostic::render).toList()));
    }
  }
}
