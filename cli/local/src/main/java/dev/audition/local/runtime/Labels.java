package dev.audition.local.runtime;

import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.TaskArn;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The labels on every container and volume of ours. They hold all that another process needs to
 * finish a stop in order and to remove what is left: the process that made them may be gone.
 */
public final class Labels {
  /** The run's id. */
  public static final String RUN = "dev.audition.run";

  /** The task's {@code startedBy}. */
  public static final String TASK = "dev.audition.task";

  /** The task's ARN. */
  public static final String ARN = "dev.audition.arn";

  /** Who made it: the id given to {@link RuntimeSettings#owner}. */
  public static final String OWNER = "dev.audition.owner";

  /** The container's name in the task definition; absent on the pause container. */
  public static final String CONTAINER = "dev.audition.container";

  /** The user's name for the container; absent on the pause container. */
  public static final String SERVICE = "dev.audition.service";

  /** Whole seconds from the stop signal to SIGKILL. */
  public static final String STOP_TIMEOUT = "dev.audition.stop-timeout";

  /** The containers it depends on, by {@link #CONTAINER}, separated by commas. */
  public static final String DEPENDS_ON = "dev.audition.depends-on";

  private Labels() {}

  /** Return what stands on everything of a task. */
  static SequencedMap<String, String> ofTask(String owner, String startedBy, TaskArn arn) {
    SequencedMap<String, String> labels = new LinkedHashMap<>();
    labels.put(RUN, runOf(startedBy));
    labels.put(TASK, startedBy);
    labels.put(ARN, arn.value());
    labels.put(OWNER, owner);
    return labels;
  }

  /** Return what stands on one container: the user's own labels, and ours, which win. */
  static SequencedMap<String, String> ofContainer(
      Map<String, String> task, ContainerDefinition definition) {
    SequencedMap<String, String> labels = new LinkedHashMap<>(definition.dockerLabels());
    labels.putAll(task);
    labels.put(CONTAINER, definition.name());
    labels.put(SERVICE, definition.service());
    labels.put(STOP_TIMEOUT, Integer.toString(wholeSeconds(definition.stopTimeout())));
    labels.put(
        DEPENDS_ON,
        definition.dependsOn().stream()
            .map(ContainerDependency::containerName)
            .distinct()
            .collect(Collectors.joining(",")));
    return labels;
  }

  /** Return the run of a {@code startedBy}: what stands before its first slash. */
  static String runOf(String startedBy) {
    int slash = startedBy.indexOf('/');
    return slash < 0 ? startedBy : startedBy.substring(0, slash);
  }

  /** Round up: the engine takes whole seconds, and a grace is never shortened. */
  static int wholeSeconds(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.plusNanos(999_999_999).toSeconds());
  }
}
