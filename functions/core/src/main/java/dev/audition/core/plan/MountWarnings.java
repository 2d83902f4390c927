package dev.audition.core.plan;

import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.image.ImageConfig;
import java.util.List;
import java.util.Set;

/** What may differ from Docker, or on Fargate, in the mounts of one service. */
final class MountWarnings {
  /** Where images keep what a volume over it would hide. */
  private static final List<String> FILLED_BY_IMAGES =
      List.of("/app", "/etc", "/opt", "/srv", "/usr", "/var/www", "/home", "/root");

  private static final Set<String> ROOT = Set.of("", "0", "root");

  private final Draft draft;
  private final List<PlannedMount> mounts;
  private final Findings findings;

  MountWarnings(Draft draft, List<PlannedMount> mounts, Findings findings) {
    this.draft = draft;
    this.mounts = mounts;
    this.findings = findings;
  }

  void warn() {
    for (PlannedMount mount : mounts) {
      switch (mount) {
        case PlannedMount.VolumeMount volume -> startsEmpty(volume);
        case PlannedMount.FileMount file -> singleFile(file);
        case PlannedMount.FolderMount _, PlannedMount.TextMount _ -> {}
      }
    }
  }

  // Docker copies what the image has at that path into a fresh volume; Fargate does so only where
  // the image declares the path as VOLUME.
  private void startsEmpty(PlannedMount.VolumeMount mount) {
    ImageConfig config = draft.config();
    if (config == null) {
      findings.unknown(
          draft,
          "whether the volume at %s starts with files of the image".formatted(mount.target()));
      return;
    }
    if (config.volumes().contains(mount.target()) || !likelyFilled(mount.target(), config)) {
      return;
    }
    findings
        .diagnostics()
        .warn(
            Category.EMULATED,
            mount.location(),
            draft.path(ServiceKey.VOLUMES),
            "the volume starts empty: Docker would fill it with what the image has there, Fargate"
                + " does not, and neither does a run here",
            "Drop the mount, or declare the path as VOLUME in the image's Dockerfile");
  }

  private static boolean likelyFilled(String target, ImageConfig config) {
    String work = config.workingDir();
    boolean aroundWork =
        !work.isEmpty()
            && !work.equals("/")
            && (MountReading.isWithin(target, work) || MountReading.isWithin(work, target));
    return aroundWork
        || FILLED_BY_IMAGES.stream().anyMatch(folder -> MountReading.isWithin(target, folder));
  }

  private void singleFile(PlannedMount.FileMount mount) {
    String why = whyNotOnFargate(mount);
    if (why.isEmpty()) {
      return;
    }
    findings
        .diagnostics()
        .warn(
            Category.EMULATED,
            mount.location(),
            draft.path(ServiceKey.VOLUMES),
            "a single file is mounted in place here and would be refused on Fargate: " + why,
            "Mount the folder instead");
  }

  private String whyNotOnFargate(PlannedMount.FileMount mount) {
    if (draft.service().get(ServiceKey.READ_ONLY, false)) {
      return "read_only: true leaves no place to copy it to";
    }
    ImageConfig config = draft.config();
    if (config == null) {
      findings.unknown(
          draft, "whether the file %s can be copied in on Fargate".formatted(mount.target()));
      return "it is copied in before the image's entry point, and the image is not known yet";
    }
    if (!isRoot(config) && !inOtherMount(mount)) {
      return "the user is not root and the file lies outside of the service's volumes";
    }
    return "";
  }

  private boolean isRoot(ImageConfig config) {
    String user = draft.service().get(ServiceKey.USER, config.user());
    int colon = user.indexOf(':');
    return ROOT.contains(colon < 0 ? user : user.substring(0, colon));
  }

  private boolean inOtherMount(PlannedMount.FileMount file) {
    return mounts.stream()
        .filter(mount -> !mount.target().equals(file.target()))
        .anyMatch(mount -> MountReading.isWithin(file.target(), mount.target()));
  }
}
