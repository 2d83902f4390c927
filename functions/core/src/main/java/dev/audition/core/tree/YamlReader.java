package dev.audition.core.tree;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML text into a {@link TreeNode}.
 *
 * <p>Scalars stay text: YAML 1.1 would read the port {@code 22:22} as a number in base 60 and
 * {@code on} as a boolean, so nothing here gives a scalar a type. Aliases are expanded, each node
 * keeping the place of its anchor; {@code <<} is resolved: a mapping's own keys win over merged
 * ones, and of several merged mappings the first that has a key.
 */
public final class YamlReader {
  /** The most characters (code points) of one document. */
  public static final int MAXIMUM_LENGTH = 1 << 20;

  /** How deep mappings and lists may stand in one another. */
  public static final int MAXIMUM_DEPTH = 64;

  /** The most nodes of one document, aliases expanded. */
  public static final int MAXIMUM_NODES = 100_000;

  private final String file;
  private final Diagnostics diagnostics;

  private YamlReader(String file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /**
   * Read the one document of a file.
   *
   * @param file its name as shown to the user
   * @param diagnostics gets a refusal for everything that is wrong
   * @return the document; a null scalar at 1:1 if there is nothing in it; null if it was refused
   */
  public static @Nullable TreeNode read(String text, String file, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    TreeNode tree = new YamlReader(file, found).document(text);
    diagnostics.addAll(found.sorted());
    return found.refused() ? null : tree;
  }

  private @Nullable TreeNode document(String source) {
    String text = source.startsWith("\uFEFF") ? source.substring(1) : source;
    if (text.codePointCount(0, text.length()) > MAXIMUM_LENGTH) {
      diagnostics.refuse(
          Category.SIZE,
          SourceLocation.of(file),
          "",
          "the file has more than %,d characters".formatted(MAXIMUM_LENGTH),
          "Split it, for example with include or extends.");
      return null;
    }
    if (holdsUnprintable(text)) {
      return null;
    }
    List<Node> documents = compose(text);
    if (documents == null) {
      return null;
    }
    if (documents.isEmpty()) {
      return new TreeNode.Scalar("", true, null, new SourceLocation(file, 1, 1));
    }
    return new YamlTree(file, diagnostics).build(documents.getFirst());
  }

  private boolean holdsUnprintable(String text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (!StreamReader.isPrintable(codePoint)) {
        diagnostics.refuse(
            Category.INVALID,
            new SourceLocation(file, line, column),
            "",
            "the character U+%04X may not stand in YAML".formatted(codePoint),
            "Remove it, or write it as an escape inside of double quotes.");
        return true;
      }
      boolean newLine = codePoint == '\n' || (codePoint == '\r' && !text.startsWith("\n", i + 1));
      line += newLine ? 1 : 0;
      column = newLine ? 1 : column + 1;
      i += Character.charCount(codePoint);
    }
    return false;
  }

  /** Compose the documents of a text; null if it is refused. */
  // The library is the boundary: whatever it throws over an input is about the input.
  private @Nullable List<Node> compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAXIMUM_LENGTH + 1);
    // Bounded by ourselves, with places: BoundedParser while composing, YamlTree while expanding.
    options.setNestingDepthLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    options.setProcessComments(false);
    try {
      Composer composer =
          new Composer(
              new BoundedParser(new ParserImpl(new StreamReader(text), options)),
              new Resolver(),
              options);
      List<Node> documents = new ArrayList<>();
      while (composer.checkNode()) {
        Node next = composer.getNode();
        if (documents.isEmpty()) {
          documents.add(next);
        } else if (!isNothing(next)) {
          refuseFurther(next);
          return null;
        }
      }
      return documents;
    } catch (RuntimeException e) {
      diagnostics.add(YamlMistakes.explain(e, file));
      return null;
    }
  }

  private static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar && Tag.NULL.equals(scalar.getTag());
  }

  private void refuseFurther(Node node) {
    diagnostics.refuse(
        Category.INVALID,
        YamlTree.location(file, node.getStartMark()),
        "",
        "a second document begins here, after \"---\"; one file holds one document",
        "Remove the \"---\", or put this part into a file of its own.");
  }
}
