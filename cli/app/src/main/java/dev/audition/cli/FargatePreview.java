package dev.audition.cli;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.hook.HookHosts;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.PlannedMount;
import dev.audition.core.plan.Planner;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.task.FargateLowering;
import dev.audition.core.task.FargateOptions;
import dev.audition.core.task.Grants;
import dev.audition.core.task.SecretReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What a deployment will make of a pipeline, as far as it can be known here. What it alone knows,
 * images in registries and what a project is granted, is taken for the best that it can be: so
 * everything that refuses here refuses there, too, and the rest is said by the deployment.
 */
record FargatePreview(List<Plan> plans, List<Diagnostic> diagnostics) {
  /** An image of which nothing is known, at its best: root, and a start line of its own. */
  private static final ImageConfig ANY =
      new ImageConfig(
          "",
          List.of("/entrypoint"),
          List.of("command"),
          new LinkedHashMap<>(),
          "",
          "",
          List.of(),
          List.of(),
          null,
          "amd64",
          "");

  FargatePreview {
    plans = List.copyOf(plans);
    diagnostics = List.copyOf(diagnostics);
  }

  /**
   * Plan and lower each step.
   *
   * @param known image configurations of this machine's engine
   * @param runValues values of the run's own variables
   */
  static FargatePreview of(
      Pipeline pipeline, ImageConfigs known, SourceFiles files, Collection<String> runValues) {
    List<Plan> plans = Planner.plan(pipeline, known, files);
    Diagnostics diagnostics = new Diagnostics();
    for (Plan plan : plans) {
      diagnostics.addAll(plan.diagnostics());
      FargateOptions options =
          FargateOptions.of(pipeline.workspace().root())
              .withRunValues(runValues)
              .withGrants(everyGrant(plan));
      diagnostics.addAll(
          FargateLowering.lowerStep(plan, atBest(known), options).diagnostics().stream()
              .filter(Diagnostic::refuses)
              .toList());
    }
    return new FargatePreview(plans, diagnostics.sorted());
  }

  private static ImageConfigs atBest(ImageConfigs known) {
    return image -> Optional.of(known.find(image).orElse(ANY));
  }

  private static Grants everyGrant(Plan plan) {
    SequencedMap<String, String> secrets = new LinkedHashMap<>();
    containers(plan).stream()
        .flatMap(container -> container.environment().values().stream())
        .flatMap(value -> SecretReference.parse(value).stream())
        .forEach(secret -> secrets.put(secret.name(), "arn:aws:secretsmanager:granted"));
    return new Grants(secrets, new LinkedHashMap<>(), HookHosts.NONE, "");
  }

  private static List<PlannedContainer> containers(Plan plan) {
    return plan.tasks().stream().flatMap(task -> task.containers().stream()).toList();
  }

  boolean refused() {
    return diagnostics.stream().anyMatch(Diagnostic::refuses);
  }

  /** Return the files and folders of this machine that containers mount. */
  SequencedSet<Path> mounted() {
    List<String> sources = new ArrayList<>();
    plans.stream()
        .flatMap(plan -> containers(plan).stream())
        .flatMap(container -> container.mounts().stream())
        .forEach(
            mount -> {
              switch (mount) {
                case PlannedMount.FolderMount folder when folder.exists() ->
                    sources.add(folder.source());
                case PlannedMount.FileMount file -> sources.add(file.source());
                case PlannedMount.FolderMount _,
                    PlannedMount.VolumeMount _,
                    PlannedMount.TextMount _ -> {}
              }
            });
    SequencedSet<Path> mounted = new LinkedHashSet<>();
    sources.forEach(source -> mounted.add(Path.of(source)));
    return mounted;
  }
}
