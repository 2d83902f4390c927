package dev.audition.core.plan;

import dev.audition.core.compose.FileMount;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.compose.VolumeMount;
import dev.audition.core.compose.VolumesFrom;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.pipeline.Workspace;
import dev.audition.core.source.SourceFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settles the volumes of a task and what each container mounts. */
final class MountReading {
  private final Workspace workspace;
  private final MountSources sources;
  private final Findings findings;
  private final SequencedMap<String, Draft> drafts = new LinkedHashMap<>();
  private final SequencedSet<String> volumes = new LinkedHashSet<>();
  private final Map<String, List<PlannedMount>> mounts = new HashMap<>();

  private MountReading(Workspace workspace, MountSources sources, Findings findings) {
    this.workspace = workspace;
    this.sources = sources;
    this.findings = findings;
  }

  /**
   * The mounts of a task.
   *
   * @param byService each service's, one per target
   */
  record Mounts(List<PlannedVolume> volumes, Map<String, List<PlannedMount>> byService) {
    List<PlannedMount> of(Draft draft) {
      return byService.getOrDefault(draft.name(), List.of());
    }
  }

  /** Settle the mounts of all services of a task. */
  static Mounts read(
      List<Draft> drafts, Workspace workspace, MountSources sources, Findings findings) {
    MountReading reading = new MountReading(workspace, sources, findings);
    drafts.forEach(draft -> reading.drafts.put(draft.name(), draft));
    drafts.forEach(reading::own);
    Map<String, List<PlannedMount>> all = new HashMap<>();
    for (Draft draft : drafts) {
      List<PlannedMount> mounts = reading.withInherited(draft, new HashSet<>());
      all.put(draft.name(), mounts);
      new MountWarnings(draft, mounts, findings).warn();
    }
    return new Mounts(reading.volumes.stream().map(PlannedVolume::new).toList(), all);
  }

  /** Return the file systems in memory, of {@code tmpfs} and of {@code volumes}. */
  static List<TmpfsMount> tmpfs(Draft draft) {
    List<TmpfsMount> tmpfs = new ArrayList<>(draft.service().get(ServiceKey.TMPFS, List.of()));
    for (VolumeMount mount : draft.service().get(ServiceKey.VOLUMES, List.of())) {
      if (mount.type() == VolumeMount.Type.TMPFS) {
        tmpfs.add(new TmpfsMount(mount.target(), List.of()));
      }
    }
    return tmpfs;
  }

  private void own(Draft draft) {
    List<PlannedMount> own = new ArrayList<>();
    for (VolumeMount mount : draft.service().get(ServiceKey.VOLUMES, List.of())) {
      switch (mount.type()) {
        case VOLUME -> volume(draft, mount, own);
        case BIND -> bind(draft, mount, own);
        case TMPFS -> {}
      }
    }
    draft.service().get(ServiceKey.CONFIGS, List.of()).forEach(file -> file(draft, file, own));
    draft.service().get(ServiceKey.SECRETS, List.of()).forEach(file -> file(draft, file, own));
    mounts.put(draft.name(), own);
  }

  private void volume(Draft draft, VolumeMount mount, List<PlannedMount> own) {
    if (mount.source().equals(Workspace.VOLUME_NAME)) {
      workspaceVolume(mount, own);
      return;
    }
    String name = mount.source().isEmpty() ? anonymous(draft) : mount.source();
    volumes.add(name);
    own.add(new PlannedMount.VolumeMount(name, mount.target(), mount.readOnly(), mount.location()));
  }

  // The pipeline's volume is an empty one with the work tree in it, under the repository's name.
  private void workspaceVolume(VolumeMount mount, List<PlannedMount> own) {
    volumes.add(Workspace.VOLUME_NAME);
    own.add(
        new PlannedMount.VolumeMount(
            Workspace.VOLUME_NAME, mount.target(), mount.readOnly(), mount.location()));
    String target = mount.target().endsWith("/") ? mount.target() : mount.target() + "/";
    own.add(
        new PlannedMount.FolderMount(
            workspace.root(),
            target + workspace.repository(),
            mount.readOnly(),
            true,
            mount.location()));
  }

  private String anonymous(Draft draft) {
    int number = 1;
    String name = draft.name() + "-volume";
    while (volumes.contains(name)) {
      number++;
      name = draft.name() + "-volume-" + number;
    }
    return name;
  }

  private void bind(Draft draft, VolumeMount mount, List<PlannedMount> own) {
    if (mount.source().equals(Workspace.VOLUME_PATH)) {
      workspaceVolume(mount, own);
      return;
    }
    String source = inWorkspace(mount.source());
    if (source == null) {
      outside(draft.path(ServiceKey.VOLUMES), mount.source(), mount.location());
      return;
    }
    own.add(
        switch (sources.kind(source)) {
          case FILE ->
              new PlannedMount.FileMount(
                  source, mount.target(), mount.readOnly(), mount.location());
          case FOLDER -> folder(source, mount, true);
          // The reader has told where the source is not there.
          case ABSENT -> folder(source, mount, false);
        });
  }

  private static PlannedMount folder(String source, VolumeMount mount, boolean exists) {
    return new PlannedMount.FolderMount(
        source, mount.target(), mount.readOnly(), exists, mount.location());
  }

  // In containers the work tree is below /codefresh/volume, and pipelines spell paths that way.
  private @Nullable String inWorkspace(String source) {
    if (isWithin(source, workspace.root())) {
      return source;
    }
    String inside = Workspace.VOLUME_PATH + "/" + workspace.repository();
    return isWithin(source, inside) ? workspace.root() + source.substring(inside.length()) : null;
  }

  /** Return whether a path is a folder or something in it. */
  static boolean isWithin(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder.endsWith("/") ? folder : folder + "/");
  }

  private void outside(String path, String source, SourceLocation where) {
    boolean engine = source.endsWith("docker.sock");
    findings
        .diagnostics()
        .refuse(
            Category.HOST_ACCESS,
            where,
            path,
            engine
                ? "%s is the engine of the machine, and there is none on Fargate".formatted(source)
                : "%s lies outside of the workspace %s".formatted(source, workspace.root()),
            engine
                ? "Run without the engine, or drop the mount"
                : "Keep what is needed in the repository, or use a named volume");
  }

  private void file(Draft draft, FileMount file, List<PlannedMount> own) {
    if (file.source().isEmpty()) {
      own.add(new PlannedMount.TextMount(file.content(), file.target(), file.location()));
      return;
    }
    String source = inWorkspace(file.source());
    if (source == null) {
      outside("services." + draft.name(), file.source(), file.location());
      return;
    }
    if (sources.kind(source) == SourceFiles.Kind.ABSENT) {
      findings
          .diagnostics()
          .warn(
              Category.MISSING_FILE,
              file.location(),
              "services." + draft.name(),
              "the file of %s does not exist: an empty folder is mounted".formatted(file.name()),
              "Make it: " + source);
      own.add(new PlannedMount.FolderMount(source, file.target(), true, false, file.location()));
      return;
    }
    own.add(new PlannedMount.FileMount(source, file.target(), true, file.location()));
  }

  private List<PlannedMount> withInherited(Draft draft, Set<String> visited) {
    SequencedMap<String, PlannedMount> byTarget = new LinkedHashMap<>();
    if (visited.add(draft.name())) {
      for (VolumesFrom from : draft.service().get(ServiceKey.VOLUMES_FROM, List.of())) {
        Draft other = drafts.get(from.service());
        if (other != null) {
          withInherited(other, visited)
              .forEach(
                  mount -> byTarget.put(mount.target(), from.readOnly() ? readOnly(mount) : mount));
        }
      }
    }
    mounts
        .getOrDefault(draft.name(), List.of())
        .forEach(mount -> byTarget.put(mount.target(), mount));
    return List.copyOf(byTarget.values());
  }

  private static PlannedMount readOnly(PlannedMount mount) {
    return switch (mount) {
      case PlannedMount.VolumeMount(var volume, var target, _, var where) ->
          new PlannedMount.VolumeMount(volume, target, true, where);
      case PlannedMount.FolderMount(var source, var target, _, var exists, var where) ->
          new PlannedMount.FolderMount(source, target, true, exists, where);
      case PlannedMount.FileMount(var source, var target, _, var where) ->
          new PlannedMount.FileMount(source, target, true, where);
      case PlannedMount.TextMount text -> text;
    };
  }
}
