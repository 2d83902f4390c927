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
    return "%s%d/%d/%d/%s.env"
        .formatted(values(key.run()), key.step(), key.task(), key.attempt(), container);
  }

  /** Return the key of the values of a step's variables, from which environment files are made. */
  public static String values(RunId run, int step) {
    return values(run) + step + "/values.json";
  }

  /** Values are of no use once a run is over: a prefix of their own lets them expire early. */
  private static String values(RunId run) {
    return "env/" + run + "/";
  }

  /** Return the key of what an attempt's task left behind, a {@code .tar.gz}. */
  public static String artifacts(TaskKey key) {
    return "runs/%s/artifacts/%d/%d/%d/artifacts.tar.gz"
        .formatted(key.run(), key.step(), key.task(), key.attempt());
  }
}
