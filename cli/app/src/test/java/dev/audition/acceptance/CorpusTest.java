package dev.audition.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.testkit.Corpus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Plans compose files and pipelines of public projects, each alone at its place in its project:
 * without an engine, without variables, without the files around it.
 */
class CorpusTest {
  /** One line per file, or per step of a pipeline. */
  private static final Path EXPECTED =
      ExampleRuns.PROJECT.resolve("cli/app/src/test/resources/corpus-expected.txt");

  /** What may refuse a compose file; each is a sentence of the documentation. */
  private static final Set<Category> ACCEPTED =
      EnumSet.of(
          Category.HOST_ACCESS,
          Category.CLASH,
          Category.SIZE,
          Category.EXTERNAL_RESOURCE,
          Category.MISSING_VARIABLE,
          Category.MISSING_FILE,
          Category.INVALID);

  private static final int LEAST_PLANNED = 36;
  private static final long MOST_BYTES = 256L << 20;

  private static List<CorpusPlan> composeFiles() {
    return Corpus.yamlFiles("compose").stream()
        .map(CorpusFile::of)
        .map(CorpusPlan::asItStands)
        .toList();
  }

  private static List<CorpusFile> pipelines() {
    return Corpus.yamlFiles("codefresh").stream()
        .map(CorpusFile::of)
        .map(CorpusFile::asPipeline)
        .toList();
  }

  private static Stream<CorpusPlan> compositionSteps() {
    return pipelines().stream()
        .flatMap(
            file ->
                file.compositionSteps().stream()
                    .map(step -> CorpusPlan.withWhatItAsksFor(file, step)));
  }

  private static Stream<CorpusPlan> otherPipelines() {
    return pipelines().stream()
        .filter(file -> file.compositionSteps().isEmpty())
        .map(file -> CorpusPlan.withWhatItAsksFor(file, null));
  }

  @Test
  void eachFileAndStepComesOutAsExpected() throws IOException {
    String lines =
        Stream.of(composeFiles().stream(), compositionSteps(), otherPipelines())
            .flatMap(plans -> plans)
            .map(CorpusPlan::line)
            .sorted()
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(EXPECTED, lines);
    }
    assertThat(lines).isEqualTo(Files.readString(EXPECTED));
  }

  @Test
  void everyRefusalOfAComposeFileHasAGoodReasonAndARemedy() {
    List<CorpusPlan> plans = composeFiles();
    assertThat(plans).hasSizeGreaterThan(50);
    for (CorpusPlan plan : plans) {
      for (Diagnostic refusal : plan.refusals()) {
        assertThat(refusal.category()).as(refusal.render()).isIn(ACCEPTED);
        assertThat(refusal.message()).as(refusal.render()).isNotBlank();
        assertThat(refusal.remedy()).as(refusal.render()).isNotBlank();
        assertThat(refusal.location() != null || refusal.remedy().contains("audition plan"))
            .as("a place in " + refusal.render())
            .isTrue();
        if (refusal.category() == Category.INVALID) {
          assertThat(refusal.message()).contains("the compose specification ");
        }
      }
    }
  }

  /**
   * The others want the host, extend files that are not there, or are to be merged over other
   * compositions; or two services of theirs listen on one port.
   */
  @Test
  void whatAPlanLeavesOpenIsNamedWithItsRemedy() {
    List<CorpusPlan> open =
        composeFiles().stream().filter(plan -> !plan.needs().isEmpty()).toList();
    assertThat(open).isNotEmpty();
    for (CorpusPlan plan : open) {
      for (Diagnostic need : plan.needs()) {
        assertThat(need.category()).isIn(Category.MISSING_VARIABLE, Category.MISSING_FILE);
        assertThat(need.remedy()).as(need.render()).isNotBlank();
      }
    }
  }

  @Test
  void asManyComposeFilesArePlannedAsStandAlone() {
    assertThat(composeFiles().stream().filter(CorpusPlan::planned))
        .hasSizeGreaterThanOrEqualTo(LEAST_PLANNED);
  }

  @Test
  void everyInlineCompositionIsPlannedUnlessItWantsTheHostOrAPortTwice() {
    List<CorpusPlan> plans = compositionSteps().toList();
    assertThat(plans).hasSizeGreaterThan(10);
    for (CorpusPlan plan : plans) {
      assertThat(plan.categories())
          .as(() -> plan.line() + plan.refusals())
          .isSubsetOf(Category.HOST_ACCESS, Category.CLASH);
    }
  }

  @Test
  void noFileTakesMuchMemory() {
    for (Path file : Corpus.yamlFiles("compose")) {
      CorpusFile compose = CorpusFile.of(file);
      assertThat(allocated(() -> CorpusPlan.asItStands(compose))).isLessThan(MOST_BYTES);
    }
    for (CorpusFile pipeline : pipelines()) {
      assertThat(allocated(() -> CorpusPlan.asItStands(pipeline))).isLessThan(MOST_BYTES);
    }
  }

  /** Return all the bytes an action takes, which is more than it holds at any time. */
  private static long allocated(Supplier<CorpusPlan> action) {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
      throw new AssertionError("this Java runtime does not count what a thread allocates");
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    CorpusPlan plan = action.get();
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(plan.diagnostics()).isNotNull();
    return bytes;
  }
}
