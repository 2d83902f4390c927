package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.expression.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reads real compose files. */
class CorpusComposeTest {
  private static final Set<Category> REASONS =
      EnumSet.of(
          Category.HOST_ACCESS,
          Category.CLASH,
          Category.SIZE,
          Category.EXTERNAL_RESOURCE,
          Category.MISSING_VARIABLE,
          Category.MISSING_FILE,
          Category.INVALID);

  @TestFactory
  Stream<DynamicTest> everyRealFileIsReadOrRefusedForAGoodReason() throws IOException {
    String corpus = System.getProperty("audition.corpus", "");
    Path folder = Path.of(corpus, "compose");
    Assumptions.assumeTrue(
        !corpus.isEmpty() && Files.isDirectory(folder),
        "60 compose files not read: the property audition.corpus names no folder with them");
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
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
                List.of(file.toString()), folder.toString(), new Variables(List.of())),
            new DiskSourceFiles(folder));
    System.out.println("@@ " + file.getFileName() + "\t" + (result.refused() ? "refused" : "read"));
    result
        .diagnostics()
        .forEach(
            d -> System.out.println("   " + d.severity() + " " + d.category() + " " + d.render()));
    assertThat(result.diagnostics().stream().filter(Diagnostic::refuses))
        .allMatch(diagnostic -> REASONS.contains(diagnostic.category()));
  }
}
