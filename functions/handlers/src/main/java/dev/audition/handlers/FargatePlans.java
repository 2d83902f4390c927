package dev.audition.handlers;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.image.ImageReference;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.plan.ImageBuild;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.PlannedMount;
import dev.audition.core.plan.Planner;
import dev.audition.core.request.RunRequest;
import dev.audition.core.task.FargateLowered;
import dev.audition.core.task.FargateLowering;
import dev.audition.core.task.FargateOptions;
import dev.audition.core.task.Grants;
import dev.audition.handlers.RequestedProjects.RequestedProject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Plans steps for Fargate, with what registries say of their images. */
record FargatePlans(ProjectImages projectImages, String ownImage) {
  /**
   * A step as it would be launched.
   *
   * @param diagnostics of the plan and of its lowering
   * @param unknownForNow one line for each image that was not known for a cause that passes
   */
  record Planned(
      Plan plan, FargateLowered lowered, List<Diagnostic> diagnostics, List<String> unknownForNow) {
    Planned {
      diagnostics = List.copyOf(diagnostics);
      unknownForNow = List.copyOf(unknownForNow);
    }

    boolean refused() {
      return diagnostics.stream().anyMatch(Diagnostic::refuses);
    }

    /** Return whether what refuses would be the same if more were known of its images. */
    boolean refusedForGood() {
      boolean allKnown = plan.unknownImages().isEmpty() && unknownForNow.isEmpty();
      return allKnown ? refused() : plan.refused() || !plan.builds().isEmpty();
    }

    /** Return whether it is refused now, and may not be as soon as registries answer again. */
    boolean refusedForNow() {
      return refused() && !refusedForGood() && !unknownForNow.isEmpty();
    }
  }

  /** Plan every step. */
  List<Planned> planAll(RequestedProject project, Pipeline pipeline) {
    ImageConfigs images = images(project);
    List<Planned> planned = new ArrayList<>();
    for (int step = 1; step <= pipeline.steps().size(); step++) {
      planned.add(plan(project, pipeline, step, images));
    }
    return planned;
  }

  /** Plan one step by its number, 1-based. */
  Planned plan(RequestedProject project, Pipeline pipeline, int step) {
    return plan(project, pipeline, step, images(project));
  }

  private ImageConfigs images(RequestedProject project) {
    return projectImages.of(project.grants().registries()).forOnePlan();
  }

  private Planned plan(RequestedProject project, Pipeline pipeline, int step, ImageConfigs images) {
    Plan plan = Planner.plan(pipeline, step, images, project.files());
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.addAll(plan.diagnostics());
    FargateLowered lowered = new FargateLowered(List.of(), List.of());
    if (plan.tasks().isEmpty()) {
      plan.builds().forEach(build -> refuse(build, plan, diagnostics));
    } else if (!plan.refused()) {
      lowered = FargateLowering.lower(plan, images, options(project));
      diagnostics.addAll(lowered.diagnostics());
    }
    if (project.request().source().workspace().isEmpty()) {
      withoutWorkspace(plan, diagnostics);
    }
    unknownImages(plan, images, project.grants(), diagnostics);
    return new Planned(plan, lowered, diagnostics.sorted(), unknownForNow(plan, images));
  }

  private static List<String> unknownForNow(Plan plan, ImageConfigs images) {
    return plan.tasks().stream()
        .flatMap(task -> task.containers().stream())
        .filter(container -> container.buildName() == null)
        .map(PlannedContainer::image)
        .distinct()
        .filter(images::mayBeKnownSoon)
        .map(image -> "%s (%s)".formatted(image, images.whyUnknown(image)))
        .toList();
  }

  private FargateOptions options(RequestedProject project) {
    RunRequest request = project.request();
    return FargateOptions.of(request.source().root())
        .withOwnImage(ownImage)
        .withGrants(project.grants())
        .withRunValues(
            Stream.of(request.values().variables(), request.values().git())
                .flatMap(values -> values.values().stream())
                .distinct()
                .toList());
  }

  private static void refuse(ImageBuild build, Plan plan, Diagnostics diagnostics) {
    diagnostics.refuse(
        Category.UNSUPPORTED,
        plan.location(),
        "steps." + plan.step(),
        "it builds the image %s; on Fargate nothing is built, images are pulled from a registry"
            .formatted(build.image()),
        "Build and push it before, and name what was pushed: --image %s=REF."
            .formatted(build.name()));
  }

  /** Without it audition-stage would have nothing to fetch, and the task would end there. */
  private static void withoutWorkspace(Plan plan, Diagnostics diagnostics) {
    plan.tasks().stream()
        .flatMap(task -> task.containers().stream())
        .flatMap(container -> container.mounts().stream())
        .filter(FargatePlans::isOfWorkspace)
        .map(PlannedMount::location)
        .distinct()
        .forEach(
            location ->
                diagnostics.refuse(
                    Category.MISSING_FILE,
                    location,
                    "steps." + plan.step(),
                    "it mounts a part of the workspace, and the request came without one",
                    "Store the workspace, and name its key in source.workspace of the request, as"
                        + " `audition submit` does."));
  }

  private static boolean isOfWorkspace(PlannedMount mount) {
    return switch (mount) {
      case PlannedMount.FolderMount folder -> folder.exists();
      case PlannedMount.FileMount _ -> true;
      case PlannedMount.VolumeMount _, PlannedMount.TextMount _ -> false;
    };
  }

  private static void unknownImages(
      Plan plan, ImageConfigs images, Grants grants, Diagnostics diagnostics) {
    plan.unknownImages()
        .forEach(
            (image, hangsOnIt) -> {
              String why = images.whyUnknown(image);
              diagnostics.warn(
                  Category.NO_EFFECT,
                  plan.location(),
                  "steps." + plan.step(),
                  "what the image %s says of itself is not known%s; it hangs on that: %s"
                      .formatted(
                          image,
                          why.isEmpty() ? "" : " (" + why + ")",
                          String.join(", ", hangsOnIt)),
                  why.isEmpty() ? "" : remedy(image, grants));
            });
  }

  private static String remedy(String image, Grants grants) {
    return ImageReference.parse(image)
        .map(ImageReference::registry)
        .filter(host -> !grants.registries().containsKey(host))
        .map(
            host -> "Is it private? Then the project's registries have to list %s.".formatted(host))
        .orElse("");
  }
}
