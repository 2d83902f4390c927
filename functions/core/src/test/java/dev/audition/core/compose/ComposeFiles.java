package dev.audition.core.compose;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.expression.Variables;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Files in memory below {@code /work}, and short ways to read them as compositions. */
final class ComposeFiles implements SourceFiles {
  static final String ROOT = "/work";

  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();

  /** A file {@code compose.yml}. */
  static ComposeFiles of(String compose) {
    return new ComposeFiles().file("compose.yml", compose);
  }

  /** A file {@code compose.yml} with one service {@code app} that has an image and these keys. */
  static ComposeFiles app(String keys) {
    return of("services:\n  app:\n    image: busybox\n" + keys.indent(4));
  }

  ComposeFiles file(String path, String text) {
    texts.put(ROOT + "/" + path, text);
    return this;
  }

  ComposeFiles variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** Read {@code compose.yml}. */
  ComposeResult read() {
    return read(UnaryOperator.identity());
  }

  /** Read {@code compose.yml} with a changed request. */
  ComposeResult read(UnaryOperator<ComposeRequest> change) {
    return read(change, List.of("compose.yml"));
  }

  /** Read several files, later ones merged over earlier ones. */
  ComposeResult read(UnaryOperator<ComposeRequest> change, List<String> names) {
    return ComposeReader.read(
        change.apply(
            ComposeRequest.ofFiles(
                names.stream().map(name -> ROOT + "/" + name).toList(), ROOT, variables())),
        this);
  }

  /** Read as a composition step does; {@code composition} and {@code composition_candidates}. */
  ComposeResult readStep(String step) {
    Diagnostics diagnostics = new Diagnostics();
    TreeNode tree = Objects.requireNonNull(YamlReader.read(step, "codefresh.yml", diagnostics));
    TreeNode.Mapping keys = (TreeNode.Mapping) tree;
    return ComposeReader.read(
        ComposeRequest.ofPipeline(
            keys.find("composition").orElseThrow(),
            keys.find("composition_candidates").orElse(null),
            ROOT,
            ROOT,
            variables()),
        this);
  }

  /** Read and return the service {@code app}. */
  ServiceConfig appRead() {
    return service(read(), "app");
  }

  static ServiceConfig service(ComposeResult result, String name) {
    Composition composition = result.composition();
    if (composition == null || !composition.services().containsKey(name)) {
      throw new AssertionError("no service " + name + ": " + rendered(result));
    }
    return Objects.requireNonNull(composition.services().get(name));
  }

  /** Refusals, rendered. */
  static List<String> refusals(ComposeResult result) {
    return result.diagnostics().stream()
        .filter(Diagnostic::refuses)
        .map(Diagnostic::render)
        .toList();
  }

  /** All diagnostics as {@code SEVERITY CATEGORY rendered}. */
  static List<String> rendered(ComposeResult result) {
    List<String> lines = new ArrayList<>();
    for (Diagnostic diagnostic : result.diagnostics()) {
      lines.add(
          "%s %s %s".formatted(diagnostic.severity(), diagnostic.category(), diagnostic.render()));
    }
    return lines;
  }

  private Variables variables() {
    return new Variables(List.of(Variables.Source.of("--var", variables)));
  }

  @Override
  public Content read(String path) {
    String text = texts.get(path);
    return text == null ? new Content.Missing() : new Content.Text(text);
  }

  @Override
  public Kind kind(String path) {
    if (texts.containsKey(path)) {
      return Kind.FILE;
    }
    boolean folder =
        path.equals(ROOT) || texts.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
    return folder ? Kind.FOLDER : Kind.ABSENT;
  }

  @Override
  public String display(String path) {
    return path.startsWith(ROOT + "/") ? path.substring(ROOT.length() + 1) : path;
  }
}
