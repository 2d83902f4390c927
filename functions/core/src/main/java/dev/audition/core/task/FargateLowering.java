package dev.audition.core.task;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.plan.ImageBuild;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.TaskPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lowers a plan to the tasks that Fargate runs.
 *
 * <p>Two containers of ours join each task: {@code audition-stage}, which writes the names into the
 * hosts file and fills volumes before all others, and {@code audition-keeper}, the only essential
 * one, which ends the task. Where a service is dialled for its readiness there is a third kind,
 * {@code audition-wait-N}.
 */
public final class FargateLowering {
  /** The most containers of one task definition, ours included. */
  public static final int MAXIMUM_CONTAINERS = 10;

  /** The container of ours that prepares a task: it is told where the workspace is. */
  public static final String STAGE = OwnContainers.STAGE;

  /** The container of ours that ends a task: it is told the deadline and where artifacts go. */
  public static final String KEEPER = OwnContainers.KEEPER;

  private static final String ARM = "arm64";

  private FargateLowering() {}

  /**
   * Return whether a task's {@link #STAGE} reads the workspace: it needs no access to what no
   * container of its task mounts.
   */
  public static boolean readsWorkspace(TaskDefinition definition) {
    return definition.containers().stream()
        .filter(container -> container.name().equals(STAGE))
        .anyMatch(OwnContainers::readsWorkspace);
  }

  /**
   * Lower a step's plan as it stands: one that is refused comes to no tasks, and one that builds is
   * refused here.
   *
   * @param images what is known of the images; single files need their entry points and users
   */
  public static FargateLowered lowerStep(Plan plan, ImageConfigs images, FargateOptions options) {
    if (!plan.tasks().isEmpty()) {
      return plan.refused()
          ? new FargateLowered(List.of(), List.of())
          : lower(plan, images, options);
    }
    Diagnostics diagnostics = new Diagnostics();
    plan.builds().forEach(build -> refuse(build, plan, diagnostics));
    return new FargateLowered(List.of(), diagnostics.sorted());
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

  /**
   * Lower the tasks of a plan.
   *
   * @param images what is known of the images; single files need their entry points and users
   */
  public static FargateLowered lower(Plan plan, ImageConfigs images, FargateOptions options) {
    Diagnostics diagnostics = new Diagnostics();
    List<FargateTask> tasks = new ArrayList<>();
    for (TaskPlan task : plan.tasks()) {
      tasks.add(lower(plan, task, images, options, diagnostics));
    }
    return new FargateLowered(tasks, diagnostics.sorted());
  }

  private static FargateTask lower(
      Plan plan,
      TaskPlan task,
      ImageConfigs images,
      FargateOptions options,
      Diagnostics diagnostics) {
    FargateGates gates = new FargateGates(task);
    FargateMounts mounts = new FargateMounts(task, options, diagnostics);
    FargateVariables variables = new FargateVariables(options, diagnostics);
    FargateContainers lowering =
        new FargateContainers(
            task, gates, mounts, variables, options.grants(), images, diagnostics);
    SecretPlaces.check(task, diagnostics);
    List<ContainerDefinition> lowered = task.containers().stream().map(lowering::lower).toList();

    OwnContainers own = new OwnContainers(options.ownImage());
    List<String> candidates =
        task.containers().stream()
            .filter(PlannedContainer::candidate)
            .map(PlannedContainer::containerName)
            .toList();
    List<ContainerDefinition> containers = new ArrayList<>();
    containers.add(own.stage(mounts.stageArgument(task.hosts()), mounts.stageMounts()));
    containers.add(
        own.keeper(
            new OwnContainers.Watched(
                task.containers().stream().map(PlannedContainer::containerName).toList(),
                candidates,
                gates.hopes(),
                plan.timeout()),
            mounts.kept(task.artifacts())));
    gates.waits().forEach(wait -> containers.add(own.dialling(wait)));
    containers.addAll(lowered);
    countContainers(plan, containers, diagnostics);

    TaskDefinition definition =
        new TaskDefinition(
            family(plan, task),
            task.size(),
            containers,
            mounts.volumes(),
            new LinkedHashMap<>(),
            platform(task, images, options.ownImage()),
            options.grants().taskRole(),
            options.ephemeralStorageGiB());
    DefinitionSize.check(plan, definition, diagnostics);
    return new FargateTask(
        definition, variables.values().withFile(OwnContainers.STAGE, mounts.texts()));
  }

  /** The cheaper architecture where nobody asks for one and every image, ours included, has it. */
  private static String platform(TaskPlan task, ImageConfigs images, String ownImage) {
    boolean asked = task.containers().stream().anyMatch(one -> !one.platform().isEmpty());
    boolean everywhere =
        Stream.concat(Stream.of(ownImage), task.containers().stream().map(PlannedContainer::image))
            .allMatch(image -> images.architectures(image).contains(ARM));
    boolean arm = asked ? task.architecture().equals(ARM) : everywhere;
    return "linux/" + (arm ? ARM : "amd64");
  }

  private static void countContainers(
      Plan plan, List<ContainerDefinition> containers, Diagnostics diagnostics) {
    if (containers.size() > MAXIMUM_CONTAINERS) {
      long ours =
          containers.stream()
              .filter(container -> container.name().startsWith(OwnContainers.PREFIX))
              .count();
      String names =
          containers.stream()
              .filter(container -> !container.name().startsWith(OwnContainers.PREFIX))
              .map(ContainerDefinition::service)
              .collect(Collectors.joining(", "));
      diagnostics.refuse(
          Category.SIZE,
          plan.location(),
          "",
          "a task on Fargate has at most %d containers; here are %d, %d of them Audition's own: %s"
              .formatted(MAXIMUM_CONTAINERS, containers.size(), ours, names),
          "Remove services, give them health checks so that they need not be dialled, or split the"
              + " composition.");
    }
  }

  /** Name the family after the step; names of families take letters, digits, - and _. */
  private static String family(Plan plan, TaskPlan task) {
    String step = plan.step().replaceAll("[^A-Za-z0-9_-]", "_");
    return "audition-%s-%d"
        .formatted(step.substring(0, Math.min(200, step.length())), task.number());
  }
}
