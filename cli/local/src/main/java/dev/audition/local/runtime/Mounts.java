package dev.audition.local.runtime;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.MountPoint;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskVolume;
import dev.audition.local.runtime.Images.Availability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The mounts of a container in the engine's words. */
final class Mounts {
  private final Map<String, TaskVolume> volumes;
  private final PauseContainer pause;
  private final TaskNames names;

  Mounts(TaskDefinition task, PauseContainer pause, TaskNames names) {
    this.volumes =
        task.volumes().stream().collect(Collectors.toMap(TaskVolume::name, Function.identity()));
    this.pause = pause;
    this.names = names;
  }

  List<Mount> of(ContainerDefinition definition, Availability.Present image) {
    return definition.mountPoints().stream().map(point -> mount(point, image)).toList();
  }

  private Mount mount(MountPoint point, Availability.Present image) {
    TaskVolume volume = volumes.get(point.volume());
    if (volume == null) {
      throw new IllegalArgumentException(
          "volume: %s (expected: one of the task's, %s)"
              .formatted(point.volume(), volumes.keySet()));
    }
    Mount mount = new Mount().withTarget(point.containerPath()).withReadOnly(point.readOnly());
    return switch (volume) {
      case TaskVolume.Empty empty ->
          mount
              .withType(MountType.VOLUME)
              .withSource(names.volume(empty.name()))
              .withVolumeOptions(
                  // As on Fargate: filled only where the image declares VOLUME at this path.
                  new VolumeOptions().withNoCopy(!declares(image, point.containerPath())));
      case TaskVolume.Host host -> mount.withType(MountType.BIND).withSource(folder(host));
      case TaskVolume.Text text ->
          mount.withType(MountType.BIND).withSource(pause.textPath(text.name()));
    };
  }

  private static boolean declares(Availability.Present image, String path) {
    return image.volumes().stream()
        .anyMatch(declared -> Path.of(declared).normalize().equals(Path.of(path).normalize()));
  }

  /** Make what Docker would make, but as this user, who can remove it again. */
  private static String folder(TaskVolume.Host host) {
    if (host.create()) {
      try {
        Files.createDirectories(Path.of(host.path()));
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "folder %s: cannot be made: %s".formatted(host.path(), e.getMessage()), e);
      }
    }
    return host.path();
  }
}
