package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.expression.VariableUse;
import dev.audition.core.expression.Variables;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Reads each folder of {@code src/test/resources/compose}: {@code compose.yml}, with {@code
 * compose.override.yml} over it if there is one, or {@code step.yml} as a composition step.
 */
class ComposeGoldenTest {
  private static final Path CASES =
      Path.of(System.getProperty("audition.project"), "functions/core/src/test/resources/compose");

  @TestFactory
  Stream<DynamicTest> eachFolderReadsAsExpected() throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(CASES)) {
      folders = found.sorted().toList();
    }
    assertThat(folders).hasSizeGreaterThan(5);
    return folders.stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static void check(Path folder) throws IOException {
    String actual =
        rendered(read(folder))
            .replace(folder.toString(), "<folder>")
            .replace(folder.resolveSibling("").toString(), "<parent>");
    Path expected = folder.resolve("expected.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(expected));
  }

  private static ComposeResult read(Path folder) throws IOException {
    DiskSourceFiles files = new DiskSourceFiles(folder);
    Variables variables =
        new Variables(List.of(Variables.Source.of("--var", Map.of("GIVEN", "given"))));
    Path step = folder.resolve("step.yml");
    if (Files.exists(step)) {
      Diagnostics diagnostics = new Diagnostics();
      if (YamlReader.read(Files.readString(step), "step.yml", diagnostics)
          instanceof Mapping keys) {
        return ComposeReader.read(
            ComposeRequest.ofPipeline(
                keys.find("composition").orElseThrow(),
                keys.find("composition_candidates").orElse(null),
                folder.toString(),
                folder.toString(),
                variables),
            files);
      }
      throw new AssertionError(diagnostics.sorted());
    }
    List<String> sources =
        Stream.of("compose.yml", "compose.override.yml")
            .map(folder::resolve)
            .filter(Files::exists)
            .map(Path::toString)
            .toList();
    return ComposeReader.read(ComposeRequest.ofFiles(sources, folder.toString(), variables), files);
  }

  private static String rendered(ComposeResult result) {
    StringBuilder text = new StringBuilder();
    Composition composition = result.composition();
    if (composition != null) {
      for (ServiceConfig service : composition.services().values()) {
        text.append(service.name()).append(" at ").append(service.location()).append('\n');
        for (ServiceKey<?> key : service.keys()) {
          text.append("  ").append(key.name()).append(": ");
          text.append(service.find(key).orElseThrow()).append('\n');
        }
      }
      text.append("volumes ").append(composition.volumes().values()).append('\n');
      text.append("settings ").append(composition.settings()).append('\n');
    }
    for (VariableUse use : result.variables()) {
      text.append("variable ").append(use).append('\n');
    }
    ComposeFiles.rendered(result).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
