package dev.audition.core.plan;

import dev.audition.core.compose.BuildConfig;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.pipeline.Step;
import dev.audition.core.source.SourceFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes plans of steps.
 *
 * <p>A plan is made of any pipeline that could be read; what cannot be stands in its diagnostics.
 * The same input gives the same plan. Steps are counted from 1.
 *
 * <p>Where no {@link SourceFiles} are given, mounted paths of the workspace count as there; one
 * whose last part has an extension counts as a file.
 */
public final class Planner {
  private final Pipeline pipeline;
  private final ImageConfigs images;
  private final MountSources sources;

  private Planner(Pipeline pipeline, ImageConfigs images, MountSources sources) {
    this.pipeline = pipeline;
    this.images = images;
    this.sources = sources;
  }

  /** Plan every step, without a look at files. */
  public static List<Plan> plan(Pipeline pipeline, ImageConfigs images) {
    return new Planner(pipeline, images, MountSources.GUESSED).planAll();
  }

  /** Plan every step; the files say what the sources of mounts are. */
  public static List<Plan> plan(Pipeline pipeline, ImageConfigs images, SourceFiles files) {
    return new Planner(pipeline, images, files::kind).planAll();
  }

  /**
   * Plan one step, without a look at files.
   *
   * @throws IndexOutOfBoundsException if there is no such step
   */
  public static Plan plan(Pipeline pipeline, int stepNumber, ImageConfigs images) {
    return new Planner(pipeline, images, MountSources.GUESSED).planStep(stepNumber);
  }

  /**
   * Plan one step; the files say what the sources of mounts are.
   *
   * @throws IndexOutOfBoundsException if there is no such step
   */
  public static Plan plan(
      Pipeline pipeline, int stepNumber, ImageConfigs images, SourceFiles files) {
    return new Planner(pipeline, images, files::kind).planStep(stepNumber);
  }

  private List<Plan> planAll() {
    List<Plan> plans = new ArrayList<>();
    for (int number = 1; number <= pipeline.steps().size(); number++) {
      plans.add(planStep(number));
    }
    return List.copyOf(plans);
  }

  private Plan planStep(int number) {
    Step step = pipeline.steps().get(number - 1);
    String skippedBy = step.options().skippedBy();
    if (skippedBy != null) {
      return idle(number, step, List.of(), skippedBy, true);
    }
    return switch (step) {
      case Step.CompositionStep composition -> plan(number, composition);
      case Step.BuildStep build -> plan(number, build);
      case Step.OtherStep other -> idle(number, step, List.of(), other.reason(), false);
    };
  }

  private Plan plan(int number, Step.BuildStep step) {
    BuildConfig build = step.build();
    return idle(number, step, List.of(new ImageBuild(step.name(), step.image(), build)), "", false);
  }

  private Plan plan(int number, Step.CompositionStep step) {
    Findings findings = new Findings();
    Duration timeout = deadline(step, step.composition().settings().timeout(), findings);
    CompositionPlan composition =
        new CompositionPlanner(pipeline.workspace(), images, sources, buildPrefix(step), findings)
            .plan(step);
    return new Plan(
        number,
        step.name(),
        step.location(),
        step.options(),
        timeout,
        composition.tasks(),
        composition.builds(),
        "",
        false,
        findings.readings(),
        findings.unknownImages(),
        findings.diagnostics().sorted());
  }

  private Plan idle(
      int number, Step step, List<ImageBuild> builds, String notRun, boolean skipped) {
    Findings findings = new Findings();
    Duration timeout = notRun.isEmpty() ? deadline(step, null, findings) : Plan.DEFAULT_TIMEOUT;
    return new Plan(
        number,
        step.name(),
        step.location(),
        step.options(),
        timeout,
        List.of(),
        builds,
        notRun,
        skipped,
        findings.readings(),
        new LinkedHashMap<>(),
        findings.diagnostics().sorted());
  }

  private static Duration deadline(Step step, @Nullable Duration inFile, Findings findings) {
    Duration given = step.options().timeout();
    Duration timeout = given != null ? given : inFile != null ? inFile : Plan.DEFAULT_TIMEOUT;
    if (timeout.compareTo(Plan.MAXIMUM_TIMEOUT) > 0) {
      Diagnostics diagnostics = findings.diagnostics();
      diagnostics.refuse(
          Category.SIZE,
          step.location(),
          "timeout",
          "a step may take 24 hours at most, this one asks for " + Words.duration(timeout),
          "Give a timeout of at most 24h, or split the step");
      return Plan.MAXIMUM_TIMEOUT;
    }
    String origin = given != null || inFile != null ? "as given" : "the default";
    findings.reading("deadline: %s (%s)".formatted(Words.duration(timeout), origin));
    return timeout;
  }

  // Two steps may build services of one name from different folders.
  private String buildPrefix(Step step) {
    long compositions =
        pipeline.steps().stream().filter(other -> other instanceof Step.CompositionStep).count();
    String repository = pipeline.workspace().repository();
    return compositions > 1 ? repository + "-" + step.name() : repository;
  }
}
