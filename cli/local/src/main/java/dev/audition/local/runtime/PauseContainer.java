package dev.audition.local.runtime;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskVolume;
import dev.audition.local.docker.DockerEngine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The container that owns a task's network namespace and hosts file. It is on the engine's default
 * bridge and publishes no port, so two tasks never clash. All volumes of the task are mounted into
 * it, so one archive prepares them before anything else starts: whatever images the others are made
 * of, and even where their root file system is read-only.
 */
final class PauseContainer {
  /** Where one is, seen from the engine's machine. */
  record Place(String address, long processId) {}

  private static final String TEXTS = "texts";

  private final DockerEngine engine;
  private final String id;
  private final Map<String, String> textPaths;

  private PauseContainer(DockerEngine engine, String id, Map<String, String> textPaths) {
    this.engine = engine;
    this.id = id;
    this.textPaths = textPaths;
  }

  /** Create one, and the task's volumes with it. */
  static PauseContainer create(
      DockerEngine engine, TaskDefinition definition, TaskNames names, Map<String, String> labels) {
    SequencedMap<String, String> volumes = volumes(definition, names);
    HostConfig host =
        HostConfig.newHostConfig()
            .withExtraHosts(
                definition.hosts().entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .toArray(String[]::new))
            .withSysctls(networkControls(definition))
            .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
            .withMounts(mounts(volumes, labels));
    String id = create(engine, names, labels, host);
    fill(engine, id, definition, volumes);
    return new PauseContainer(engine, id, textPaths(engine, definition, volumes));
  }

  String id() {
    return id;
  }

  void start() {
    engine.client().startContainerCmd(id).exec();
  }

  /** Return the path, on the engine's machine, of the file that holds a text volume's text. */
  String textPath(String volume) {
    String path = textPaths.get(volume);
    if (path == null) {
      throw new IllegalArgumentException("volume: %s (expected: a text)".formatted(volume));
    }
    return path;
  }

  /** Find out where it is, once it runs. */
  Place place() {
    InspectContainerResponse response = engine.client().inspectContainerCmd(id).exec();
    Long processId = response.getState().getPidLong();
    String address =
        response.getNetworkSettings().getNetworks().values().stream()
            .map(ContainerNetwork::getIpAddress)
            .filter(ip -> ip != null && !ip.isEmpty())
            .findFirst()
            .orElse("");
    return new Place(address, processId == null ? 0 : processId);
  }

  private static String create(
      DockerEngine engine, TaskNames names, Map<String, String> labels, HostConfig host) {
    CreateContainerCmd command =
        engine
            .client()
            .createContainerCmd(PauseImage.REFERENCE)
            .withName(names.container("pause"))
            .withLabels(labels)
            .withHostConfig(host);
    try {
      return command.exec().getId();
    } catch (NotFoundException e) {
      // The first time on this machine.
      PauseImage.load(engine);
      return command.exec().getId();
    } catch (ConflictException e) {
      return command.withName(names.otherContainer("pause")).exec().getId();
    }
  }

  private static Map<String, String> networkControls(TaskDefinition definition) {
    return definition.containers().stream()
        .map(ContainerDefinition::systemControls)
        .flatMap(controls -> controls.entrySet().stream())
        .filter(control -> control.getKey().startsWith("net."))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (_, last) -> last, LinkedHashMap::new));
  }

  /** Return mount point to volume name; all texts share one volume. */
  private static SequencedMap<String, String> volumes(TaskDefinition definition, TaskNames names) {
    SequencedMap<String, String> volumes = new LinkedHashMap<>();
    for (TaskVolume volume : definition.volumes()) {
      switch (volume) {
        case TaskVolume.Empty empty ->
            volumes.put("empty-" + volumes.size(), names.volume(empty.name()));
        case TaskVolume.Text _ -> volumes.put(TEXTS, names.volume(TEXTS));
        case TaskVolume.Host _ -> {}
      }
    }
    return volumes;
  }

  private static List<Mount> mounts(
      SequencedMap<String, String> volumes, Map<String, String> labels) {
    List<Mount> mounts = new ArrayList<>();
    volumes.forEach(
        (mountPoint, volume) ->
            mounts.add(
                new Mount()
                    .withType(MountType.VOLUME)
                    .withSource(volume)
                    .withTarget(PauseImage.VOLUMES + "/" + mountPoint)
                    .withVolumeOptions(new VolumeOptions().withNoCopy(true).withLabels(labels))));
    return mounts;
  }

  private static void fill(
      DockerEngine engine,
      String id,
      TaskDefinition definition,
      SequencedMap<String, String> volumes) {
    if (volumes.isEmpty()) {
      return;
    }
    TarArchive archive = new TarArchive();
    volumes.forEach(
        (mountPoint, _) -> archive.folder(mountPoint, mountPoint.equals(TEXTS) ? 0755 : 01777));
    for (TaskVolume volume : definition.volumes()) {
      if (volume instanceof TaskVolume.Text text) {
        archive.file(
            TEXTS + "/" + fileName(definition, text),
            0444,
            text.text().getBytes(StandardCharsets.UTF_8));
      }
    }
    engine
        .client()
        .copyArchiveToContainerCmd(id)
        .withRemotePath(PauseImage.VOLUMES)
        .withTarInputStream(archive.toStream())
        .exec();
  }

  private static Map<String, String> textPaths(
      DockerEngine engine, TaskDefinition definition, SequencedMap<String, String> volumes) {
    @Nullable String volume = volumes.get(TEXTS);
    if (volume == null) {
      return Map.of();
    }
    String folder = engine.client().inspectVolumeCmd(volume).exec().getMountpoint();
    return definition.volumes().stream()
        .filter(TaskVolume.Text.class::isInstance)
        .collect(
            Collectors.toMap(TaskVolume::name, text -> folder + "/" + fileName(definition, text)));
  }

  private static String fileName(TaskDefinition definition, TaskVolume text) {
    return Integer.toString(definition.volumes().indexOf(text));
  }
}
