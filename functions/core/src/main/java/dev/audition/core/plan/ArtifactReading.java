package dev.audition.core.plan;

import dev.audition.core.compose.AuditionSettings.Artifact;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Suggestions;
import dev.audition.core.pipeline.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the mounts that hold what is to be kept after a run. */
final class ArtifactReading {
  private static final String PATH = "x-audition.artifacts";

  private final Workspace workspace;
  private final List<PlannedMount> mounts;
  private final Findings findings;

  private ArtifactReading(Workspace workspace, List<PlannedMount> mounts, Findings findings) {
    this.workspace = workspace;
    this.mounts = mounts;
    this.findings = findings;
  }

  /** Settle where each artifact is; refuse what lies in no mount. */
  static List<PlannedArtifact> read(
      List<Artifact> artifacts,
      List<Draft> drafts,
      MountReading.Mounts mounts,
      Workspace workspace,
      Findings findings) {
    List<PlannedMount> all = drafts.stream().flatMap(draft -> mounts.of(draft).stream()).toList();
    ArtifactReading reading = new ArtifactReading(workspace, all, findings);
    List<PlannedArtifact> planned = new ArrayList<>();
    for (Artifact artifact : artifacts) {
      reading.find(artifact).ifPresent(planned::add);
    }
    if (!planned.isEmpty()) {
      findings.reading(
          "kept: %s; workspace folders are mounted in place on a laptop, volumes are kept only where"
                  .formatted(Words.and(planned.stream().map(PlannedArtifact::name).toList()))
              + " the run leaves an archive, on Fargate");
    }
    return List.copyOf(planned);
  }

  private Optional<PlannedArtifact> find(Artifact artifact) {
    if (artifact.volume().isEmpty()) {
      return inWorkspace(artifact, artifact.path());
    }
    String repository = "/" + workspace.repository();
    boolean work = artifact.volume().equals(Workspace.VOLUME_NAME);
    return work && MountReading.isWithin(artifact.path(), repository)
        ? inWorkspace(artifact, workspace.root() + artifact.path().substring(repository.length()))
        : inVolume(artifact);
  }

  private Optional<PlannedArtifact> inWorkspace(Artifact artifact, String written) {
    String inside = Workspace.VOLUME_PATH + "/" + workspace.repository();
    String path =
        MountReading.isWithin(written, inside)
            ? workspace.root() + written.substring(inside.length())
            : written;
    // Of several that hold it, the innermost one; one that nobody may write to holds nothing new.
    Optional<PlannedMount.FolderMount> found =
        folders()
            .filter(folder -> MountReading.isWithin(path, folder.source()))
            .max(
                Comparator.comparing((PlannedMount.FolderMount folder) -> !folder.readOnly())
                    .thenComparingInt(folder -> folder.source().length()));
    if (found.isEmpty()) {
      refusePath(artifact, path);
      return Optional.empty();
    }
    PlannedMount.FolderMount folder = found.get();
    return Optional.of(
        new PlannedArtifact(
            "workspace" + path.substring(workspace.root().length()),
            folder,
            bare(path.substring(folder.source().length()))));
  }

  private Stream<PlannedMount.FolderMount> folders() {
    return mounts.stream()
        .filter(PlannedMount.FolderMount.class::isInstance)
        .map(PlannedMount.FolderMount.class::cast);
  }

  private Optional<PlannedArtifact> inVolume(Artifact artifact) {
    Set<String> volumes = new LinkedHashSet<>();
    for (PlannedMount mount : mounts) {
      if (mount instanceof PlannedMount.VolumeMount volume) {
        volumes.add(volume.volume());
        if (volume.volume().equals(artifact.volume())) {
          String path = bare(artifact.path());
          String name = "volumes/" + volume.volume() + (path.isEmpty() ? "" : "/" + path);
          return Optional.of(new PlannedArtifact(name, mount, path));
        }
      }
    }
    refuse(
        artifact,
        "no service mounts a volume \"%s\"".formatted(artifact.volume()),
        Suggestions.nearest(artifact.volume(), volumes)
            .map("Did you mean \"%s\"?"::formatted)
            .orElse(
                "A path of the workspace begins with a dot: \"./%s\"."
                    .formatted(artifact.written())));
    return Optional.empty();
  }

  private void refusePath(Artifact artifact, String path) {
    Optional<PlannedMount> around =
        mounts.stream()
            .filter(mount -> MountReading.isWithin(path, mount.target()))
            .max(Comparator.comparingInt(mount -> mount.target().length()));
    boolean single =
        mounts.stream()
            .anyMatch(m -> m instanceof PlannedMount.FileMount f && f.source().equals(path));
    if (single) {
      refuse(
          artifact,
          "%s is mounted as a single file, of which a container has a copy"
              .formatted(artifact.written()),
          "Mount its folder.");
    } else if (around.isPresent()) {
      String rest = path.substring(around.get().target().length());
      refuse(
          artifact,
          "%s is a path inside of a container, and artifacts are named by where they come from"
              .formatted(artifact.written()),
          "Write \"%s\".".formatted(source(around.get()) + rest));
    } else {
      refuse(
          artifact,
          "%s lies in no folder that a service mounts, so no container can write there"
              .formatted(artifact.written()),
          "Mount it, or a folder around it, in the service that writes it.");
    }
  }

  private static String source(PlannedMount mount) {
    return switch (mount) {
      case PlannedMount.VolumeMount volume -> volume.volume();
      case PlannedMount.FolderMount folder -> folder.source();
      case PlannedMount.FileMount file -> file.source();
      case PlannedMount.TextMount text -> text.target();
    };
  }

  private static String bare(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private void refuse(Artifact artifact, String message, String remedy) {
    findings.diagnostics().refuse(Category.INVALID, artifact.location(), PATH, message, remedy);
  }
}
