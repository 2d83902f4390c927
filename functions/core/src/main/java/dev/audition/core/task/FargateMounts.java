package dev.audition.core.task;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.plan.PlannedArtifact;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.PlannedMount;
import dev.audition.core.plan.TaskPlan;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The volumes of one Fargate task, all of them empty at first, and what {@code audition-stage} puts
 * into them: folders of the workspace, and single files, which each container copies into place
 * itself.
 */
final class FargateMounts {
  private static final String STAGED = "/audition/volumes/";
  private static final String FILES = "/audition/files";

  private final FargateOptions options;
  private final Diagnostics diagnostics;
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, String> volumes = new LinkedHashMap<>();
  private final Map<String, String> folders = new LinkedHashMap<>();
  private final SequencedMap<String, String> staged = new LinkedHashMap<>();
  private final Tree.MappingBuilder stagedFiles = Tree.mapping();
  private final SequencedMap<String, String> texts = new LinkedHashMap<>();

  FargateMounts(TaskPlan task, FargateOptions options, Diagnostics diagnostics) {
    this.options = options;
    this.diagnostics = diagnostics;
    task.volumes().forEach(volume -> volumes.put(volume.name(), unique(volume.name())));
  }

  /** Where a container finds its files: volumes, and single files by their target. */
  record Mounted(List<MountPoint> mountPoints, SequencedMap<String, String> files) {}

  /** Mount what a container asks for. */
  Mounted mount(PlannedContainer container, Optional<ImageConfig> image) {
    List<MountPoint> points = new ArrayList<>();
    SequencedMap<String, String> files = new LinkedHashMap<>();
    String filesVolume = "";
    for (PlannedMount mount : container.mounts()) {
      switch (mount) {
        case PlannedMount.VolumeMount volume ->
            points.add(new MountPoint(volume(volume), volume.target(), volume.readOnly()));
        case PlannedMount.FolderMount folder ->
            points.add(new MountPoint(folder(folder), folder.target(), folder.readOnly()));
        case PlannedMount.FileMount _, PlannedMount.TextMount _ -> {
          if (mayPlace(mount, container, image)) {
            filesVolume = filesVolume.isEmpty() ? unique("audition-files") : filesVolume;
            files.put(mount.target(), file(mount, filesVolume, files.size()));
          }
        }
      }
    }
    if (!filesVolume.isEmpty()) {
      points.add(new MountPoint(filesVolume, FILES, true));
    }
    return new Mounted(points, files);
  }

  /** Return the volumes of the task. */
  List<TaskVolume> volumes() {
    return names.stream().<TaskVolume>map(TaskVolume.Empty::new).toList();
  }

  /**
   * Where {@code audition-keeper} finds what is kept.
   *
   * @param paths by the name in the archive
   */
  record Kept(SequencedMap<String, String> paths, List<MountPoint> mountPoints) {}

  /** Return what is kept; the containers must have been mounted before. */
  Kept kept(List<PlannedArtifact> artifacts) {
    SequencedMap<String, String> paths = new LinkedHashMap<>();
    Set<String> mounted = new LinkedHashSet<>();
    for (PlannedArtifact artifact : artifacts) {
      String name =
          switch (artifact.mount()) {
            case PlannedMount.VolumeMount volume -> volume(volume);
            case PlannedMount.FolderMount folder -> folder(folder);
            case PlannedMount.FileMount _, PlannedMount.TextMount _ ->
                throw new IllegalArgumentException(
                    "artifact: \"%s\" (expected: in a folder or volume)"
                        .formatted(artifact.name()));
          };
      mounted.add(name);
      String below = artifact.path().isEmpty() ? "" : "/" + artifact.path();
      paths.put(artifact.name(), STAGED + name + below);
    }
    return new Kept(
        paths, mounted.stream().map(name -> new MountPoint(name, STAGED + name, true)).toList());
  }

  /** Return the mounts of {@code audition-stage}: every volume. */
  List<MountPoint> stageMounts() {
    return names.stream().map(name -> new MountPoint(name, STAGED + name, false)).toList();
  }

  /** Return the argument of {@code audition-stage}. */
  TreeNode stageArgument(SequencedMap<String, String> hosts) {
    return Tree.mapping()
        .put("hosts", Tree.texts(hosts))
        .putTexts("open", volumes.values().stream().map(name -> STAGED + name).toList())
        .put("folders", Tree.texts(staged))
        .put("files", stagedFiles.build())
        .build();
  }

  /** Return what {@code audition-stage} needs in its environment at each launch. */
  SequencedMap<String, String> texts() {
    return texts;
  }

  private String volume(PlannedMount.VolumeMount mount) {
    return volumes.computeIfAbsent(mount.volume(), this::unique);
  }

  /** Mounts of one folder share it; a folder inside of another is a copy of its own. */
  private String folder(PlannedMount.FolderMount mount) {
    String known = folders.get(mount.source());
    if (known != null) {
      return known;
    }
    for (String other : folders.keySet()) {
      if (isBelow(other, mount.source()) || isBelow(mount.source(), other)) {
        diagnostics.warn(
            Category.EMULATED,
            mount.location(),
            "",
            "%s and %s are mounted both, one inside of the other; on Fargate each is a copy: what"
                    .formatted(other, mount.source())
                + " is written into one does not appear in the other",
            "Mount the outer one where both are needed.");
      }
    }
    String name = unique("audition-workspace");
    folders.put(mount.source(), name);
    Optional<String> path = workspacePath(mount);
    if (mount.exists() && path.isPresent()) {
      staged.put(STAGED + name, path.orElseThrow());
    }
    return name;
  }

  private String file(PlannedMount mount, String volume, int number) {
    Tree.MappingBuilder source = Tree.mapping();
    switch (mount) {
      case PlannedMount.TextMount text -> {
        String variable = "AUDITION_TEXT_" + (texts.size() + 1);
        String encoded =
            Base64.getEncoder().encodeToString(text.text().getBytes(StandardCharsets.UTF_8));
        texts.put(variable, encoded);
        checkSize(text, variable.length() + 1 + encoded.length());
        source.putText("variable", variable);
      }
      case PlannedMount.FileMount _, PlannedMount.VolumeMount _, PlannedMount.FolderMount _ ->
          workspacePath(mount).ifPresent(path -> source.putText("path", path));
    }
    stagedFiles.put(STAGED + volume + "/" + number, source.build());
    return FILES + "/" + number;
  }

  /** They travel as variables of the stage, with the limits of variables. */
  private void checkSize(PlannedMount.TextMount text, int line) {
    int all =
        texts.entrySet().stream()
            .mapToInt(e -> e.getKey().length() + e.getValue().length() + 2)
            .sum();
    if (line > FargateVariables.LONGEST_LINE || all > FargateVariables.MOST_BYTES) {
      diagnostics.refuse(
          Category.SIZE,
          text.location(),
          "",
          "the text for %s is too large for Fargate: one may have about 48 KiB, all of a task 90"
              .formatted(text.target()),
          "Put it into a file of the workspace and mount that.");
    }
  }

  /** Find a source's path in the workspace; refuse what lies outside of it. */
  private Optional<String> workspacePath(PlannedMount mount) {
    String source =
        switch (mount) {
          case PlannedMount.FolderMount folder -> folder.source();
          case PlannedMount.FileMount file -> file.source();
          case PlannedMount.VolumeMount _, PlannedMount.TextMount _ -> options.workspace();
        };
    if (source.equals(options.workspace())) {
      return Optional.of(".");
    }
    if (isBelow(options.workspace(), source)) {
      return Optional.of(source.substring(options.workspace().length()).replaceFirst("^/", ""));
    }
    diagnostics.refuse(
        Category.HOST_ACCESS,
        mount.location(),
        "",
        "%s lies outside of the workspace %s, which is all that goes to Fargate"
            .formatted(source, options.workspace()),
        "Move it into the workspace.");
    return Optional.empty();
  }

  private boolean mayPlace(
      PlannedMount mount, PlannedContainer container, Optional<ImageConfig> image) {
    String problem = "";
    if (!isInsideOfVolume(mount, container)) {
      if (container.readOnly()) {
        problem = "the container's file system is read_only";
      } else if (container.user().isEmpty() && image.isEmpty()) {
        problem = "it is not known whether the image's user may write there";
      } else if (!isRoot(
          container.user().isEmpty() ? image.orElseThrow().user() : container.user())) {
        problem = "the container's user is not root";
      }
    }
    if (problem.isEmpty() && !StartLine.isKnown(container, image)) {
      problem = "the image's entry point is not known";
    }
    if (problem.isEmpty()) {
      return true;
    }
    diagnostics.refuse(
        Category.UNSUPPORTED,
        mount.location(),
        "services." + container.service(),
        "the single file %s cannot be put in place on Fargate: %s"
            .formatted(mount.target(), problem),
        "Mount its folder instead, or build the file into the image.");
    return false;
  }

  private static boolean isRoot(String user) {
    String name = user.split(":", -1)[0];
    return name.isEmpty() || name.equals("root") || name.equals("0");
  }

  private static boolean isInsideOfVolume(PlannedMount file, PlannedContainer container) {
    boolean inVolume =
        container.mounts().stream()
            .filter(PlannedMount.VolumeMount.class::isInstance)
            .anyMatch(mount -> !mount.readOnly() && isBelow(mount.target(), file.target()));
    return inVolume
        || container.tmpfs().stream().anyMatch(mount -> isBelow(mount.target(), file.target()));
  }

  private static boolean isBelow(String folder, String path) {
    return path.startsWith(folder.endsWith("/") ? folder : folder + "/");
  }

  /** Make a volume's name of letters, digits, {@code -} and {@code _} that no other has. */
  private String unique(String wanted) {
    String base = wanted.replaceAll("[^A-Za-z0-9_-]", "_");
    base = base.isEmpty() ? "volume" : base.substring(0, Math.min(200, base.length()));
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "-" + i;
    }
    return name;
  }
}
