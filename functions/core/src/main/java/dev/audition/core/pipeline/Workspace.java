package dev.audition.core.pipeline;

/**
 * The folder that steps work in.
 *
 * @param root absolute path of the git work tree around the file, or of the file's folder
 * @param repository the repository's name; in containers the root is {@code
 *     /codefresh/volume/<repository>}
 */
public record Workspace(String root, String repository) {
  /** Where the pipeline volume is mounted in freestyle steps: {@code CF_VOLUME_PATH}. */
  public static final String VOLUME_PATH = "/codefresh/volume";

  /**
   * The value of {@code CF_VOLUME_NAME}: a mount of a volume with this name is a mount of the
   * workspace's parent.
   */
  public static final String VOLUME_NAME = "audition-workspace";
}
