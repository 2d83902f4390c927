package dev.audition.core.run;

/** Where files of a run lie in the blob store: pure functions of whose they are. */
public final class RunFiles {
  private RunFiles() {}

  /** Return the key of the whole workspace, a {@code .tar.gz}. */
  public static String workspace(RunId run) {
    return "runs/" + run + "/workspace.tar.gz";
  }

  /**
   * Return the key of a container's environment file at one attempt.
   *
   * @param container its name in the task definition
   */
  public static String environment(TaskKey key, String container) {
    return below(key, "env") + container + ".env";
  }

  /** Return the key of what an attempt's task left behind, a {@code .tar.gz}. */
  public static String artifacts(TaskKey key) {
    return below(key, "artifacts") + "artifacts.tar.gz";
  }

  private static String below(TaskKey key, String kind) {
    return "runs/%s/%s/%d/%d/%d/".formatted(key.run(), kind, key.step(), key.task(), key.attempt());
  }
}
