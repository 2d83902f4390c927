package dev.audition.acceptance;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.expression.Variables;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.pipeline.Project;
import dev.audition.core.pipeline.ProjectReader;
import dev.audition.core.pipeline.ProjectRequest;
import dev.audition.core.pipeline.Workspace;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.Planner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code audition plan} makes of a file where no engine is and nothing is known of images.
 *
 * @param step the step asked for; null for the whole file
 */
record CorpusPlan(CorpusFile file, @Nullable String step, List<Diagnostic> diagnostics) {
  /**
   * What a command line to paste leaves open: {@code --image NAME=REF}, {@code --var 'N=VALUE'}.
   */
  private static final Pattern OPEN =
      Pattern.compile("--(image|var) ('?)([^'=]+)=(?:REF|VALUE)\\2(?= |$)");

  /** Plan a file as it stands. */
  static CorpusPlan asItStands(CorpusFile file) {
    return plan(file, null, Map.of(), Map.of());
  }

  /** Plan a step, or the whole file, with a value for each that its first refusal leaves open. */
  static CorpusPlan withWhatItAsksFor(CorpusFile file, @Nullable String step) {
    CorpusPlan first = plan(file, step, Map.of(), Map.of());
    SequencedMap<String, String> images = new LinkedHashMap<>();
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    for (Diagnostic refusal : first.refusals()) {
      int line = refusal.remedy().indexOf(": audition plan ");
      if (line >= 0) {
        for (MatchResult open : OPEN.matcher(refusal.remedy().substring(line)).results().toList()) {
          if (open.group(1).equals("image")) {
            images.put(open.group(3), "registry.test/given:1");
          } else {
            variables.put(open.group(3), "given");
          }
        }
      }
    }
    return images.isEmpty() && variables.isEmpty() ? first : plan(file, step, images, variables);
  }

  private static CorpusPlan plan(
      CorpusFile file,
      @Nullable String step,
      Map<String, String> images,
      Map<String, String> variables) {
    ProjectRequest request =
        new ProjectRequest(
            List.of(file.path()),
            new Workspace(CorpusFile.ROOT, file.repository()),
            new Variables(List.of(Variables.Source.of("--var", variables))),
            new LinkedHashMap<>(images),
            List.of(),
            List.of(),
            step,
            false,
            null,
            true);
    Project project = ProjectReader.read(request, file);
    Pipeline pipeline = project.pipeline();
    List<Plan> plans =
        pipeline == null ? List.of() : Planner.plan(pipeline, ImageConfigs.NONE, file);
    return new CorpusPlan(
        file,
        step,
        Stream.concat(
                project.diagnostics().stream(),
                plans.stream().flatMap(plan -> plan.diagnostics().stream()))
            .toList());
  }

  List<Diagnostic> refusals() {
    return diagnostics.stream().filter(Diagnostic::refuses).toList();
  }

  boolean planned() {
    return refusals().isEmpty();
  }

  /** Return the categories of the refusals, in the order they are declared in. */
  SequencedSet<Category> categories() {
    return categories(refusals());
  }

  private static SequencedSet<Category> categories(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(Diagnostic::category)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String names(List<Diagnostic> diagnostics) {
    return categories(diagnostics).stream().map(Category::name).collect(Collectors.joining(","));
  }

  /** Return what a run would need beside the file, but for who decides. */
  List<Diagnostic> needs() {
    return diagnostics.stream()
        .filter(diagnostic -> diagnostic.severity() == Severity.NEEDED)
        .filter(diagnostic -> diagnostic.category() != Category.NO_CANDIDATE)
        .toList();
  }

  /**
   * Return {@code FILE STEP PLANNED}, {@code FILE STEP PLANNED:needs CATEGORY,...} or {@code FILE
   * STEP REFUSED:CATEGORY,...}.
   */
  String line() {
    String outcome =
        !planned()
            ? "REFUSED:" + names(refusals())
            : needs().isEmpty() ? "PLANNED" : "PLANNED:needs " + names(needs());
    return "%s %s %s".formatted(file.name(), step == null ? "-" : step, outcome);
  }
}
