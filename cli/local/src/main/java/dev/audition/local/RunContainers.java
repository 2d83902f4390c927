package dev.audition.local;

import com.github.dockerjava.api.model.Container;
import dev.audition.core.run.RunId;
import dev.audition.local.docker.DockerEngine;
import dev.audition.local.runtime.Labels;
import java.util.Comparator;
import java.util.List;

/** The containers of a run that an engine still has. */
final class RunContainers {
  private RunContainers() {}

  /** List them, those that run first; the pause container stands for itself. */
  static List<RunContainer> of(DockerEngine engine, RunId id) {
    return engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(Labels.RUN + "=" + id.value()))
        .exec()
        .stream()
        .map(RunContainers::container)
        .sorted(Comparator.comparing((RunContainer container) -> !container.running()))
        .toList();
  }

  private static RunContainer container(Container container) {
    return new RunContainer(
        container.getLabels().getOrDefault(Labels.TASK, ""),
        container.getLabels().getOrDefault(Labels.SERVICE, "audition-pause"),
        container.getId(),
        "running".equals(container.getState()));
  }
}
