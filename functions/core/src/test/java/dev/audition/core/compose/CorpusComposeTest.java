package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.expression.Variables;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reads real compose files, and holds the table against the specification's own schema. */
class CorpusComposeTest {
  private static final Set<Category> REASONS =
      EnumSet.of(
          Category.HOST_ACCESS,
          Category.SIZE,
          Category.EXTERNAL_RESOURCE,
          Category.MISSING_VARIABLE,
          Category.MISSING_FILE,
          Category.INVALID);

  private static Path corpus(String part, String what) {
    String corpus = System.getProperty("audition.corpus", "");
    Path path = Path.of(corpus, part);
    Assumptions.assumeTrue(
        !corpus.isEmpty() && Files.exists(path),
        what + " not read: the property audition.corpus names no folder with " + part);
    return path;
  }

  @TestFactory
  Stream<DynamicTest> everyRealFileIsReadOrRefusedForAGoodReason() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(corpus("compose", "60 compose files"))) {
      files = found.sorted().toList();
    }
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> read(file)));
  }

  private static void read(Path file) {
    Path folder = file.toAbsolutePath().resolveSibling("").normalize();
    ComposeResult result =
        ComposeReader.read(
            ComposeRequest.ofFiles(
                List.of(file.toAbsolutePath().toString()),
                folder.toString(),
                new Variables(List.of())),
            new DiskSourceFiles(folder));
    assertThat(result.composition()).isNotNull();
    assertThat(result.diagnostics().stream().filter(Diagnostic::refuses))
        .allMatch(diagnostic -> REASONS.contains(diagnostic.category()));
  }

  @Test
  void everyServiceKeyOfTheSpecificationHasARow() throws Exception {
    Path schema = corpus("compose-go/schema__compose-spec.json", "the compose schema");
    Mapping root = (Mapping) JsonReader.read(Files.readString(schema), "schema");
    Mapping properties = mapping(mapping(mapping(root, "$defs"), "service"), "properties");
    assertThat(ServiceKeys.names()).containsAll(properties.keys());
    assertThat(Documents.KEYS).containsAll(mapping(root, "properties").keys());
  }

  private static Mapping mapping(Mapping parent, String key) {
    return (Mapping) parent.find(key).orElseThrow();
  }
}
