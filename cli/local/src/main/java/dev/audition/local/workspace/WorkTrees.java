package dev.audition.local.workspace;

import dev.audition.core.pipeline.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Finds the git work tree around a file and fills Codefresh's build variables from it. */
public final class WorkTrees {
  private WorkTrees() {}

  /**
   * Find the work tree around a file; without one, the file's folder. Never fails: what git does
   * not say is left out.
   *
   * @param file absolute path of a file or folder
   * @param buildId the value of {@code CF_BUILD_ID}
   * @param now the value of {@code CF_BUILD_TIMESTAMP}
   */
  public static WorkTree find(Path file, String buildId, Instant now) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = Files.isDirectory(absolute) ? absolute : parent(absolute);
    Path root = rootAround(folder);
    GitState git = root == null ? GitState.NONE : GitState.read(root);
    Path workspaceRoot = root == null ? folder : root;
    String folderName = nameOf(workspaceRoot);
    String repository = git.repository().isEmpty() ? folderName : git.repository();
    SequencedMap<String, String> variables = build(buildId, now);
    variables.put("CF_PIPELINE_NAME", repository + "/" + stem(absolute, folderName));
    variables.put("CF_REPO_NAME", repository);
    putIfKnown(variables, "CF_REPO_OWNER", git.owner());
    putGit(variables, git);
    return new WorkTree(
        new Workspace(workspaceRoot.toString(), repository), variables, git.branchOrTag());
  }

  private static SequencedMap<String, String> build(String buildId, Instant now) {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("CI", "true");
    variables.put("CF_BUILD_ID", buildId);
    variables.put("CF_BUILD_TIMESTAMP", Long.toString(now.toEpochMilli()));
    variables.put("CF_BUILD_TRIGGER", "build");
    variables.put("CF_VOLUME_NAME", Workspace.VOLUME_NAME);
    variables.put("CF_VOLUME_PATH", Workspace.VOLUME_PATH);
    return variables;
  }

  private static void putGit(SequencedMap<String, String> variables, GitState git) {
    String branch = git.branchOrTag();
    if (branch != null) {
      variables.put("CF_BRANCH", branch);
      String normalized = normalized(branch);
      variables.put("CF_BRANCH_TAG_NORMALIZED", normalized);
      variables.put("CF_BRANCH_TAG_NORMALIZED_LOWER_CASE", normalized.toLowerCase(Locale.ROOT));
    }
    if (!git.revision().isEmpty()) {
      variables.put("CF_REVISION", git.revision());
      variables.put("CF_SHORT_REVISION", git.revision().substring(0, 7));
      putIfKnown(variables, "CF_COMMIT_AUTHOR", git.author());
      variables.put("CF_COMMIT_MESSAGE", escaped(git.message()));
      variables.put("CF_COMMIT_MESSAGE_ESCAPED", escaped(git.message()));
    }
  }

  private static void putIfKnown(
      SequencedMap<String, String> variables, String name, String value) {
    if (!value.isEmpty()) {
      variables.put(name, value);
    }
  }

  /** Walk up to the folder that holds {@code .git}: a folder, or a file in a linked work tree. */
  private static @Nullable Path rootAround(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return at;
      }
    }
    return null;
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static String nameOf(Path folder) {
    Path name = folder.getFileName();
    return name == null || name.toString().isEmpty() ? "workspace" : name.toString();
  }

  private static String stem(Path file, String folderName) {
    if (Files.isDirectory(file)) {
      return folderName;
    }
    String name = nameOf(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /**
   * Make a Docker tag of a branch. What a tag cannot hold becomes {@code _}, as Codefresh does with
   * slashes; the rest of its rule is not published.
   */
  static String normalized(String branch) {
    String tag = branch.replaceAll("[^A-Za-z0-9_.-]", "_").replaceFirst("^[.-]", "_");
    return tag.length() > 128 ? tag.substring(0, 128) : tag;
  }

  /** Codefresh hands quotes over with a backslash, so that a message fits into a condition. */
  static String escaped(String message) {
    return message.replace("\"", "\\\"").replace("'", "\\'");
  }
}
