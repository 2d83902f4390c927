package dev.audition.local.runtime;

import dev.audition.core.run.Progress;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a runtime is told by whoever makes it.
 *
 * @param owner stands on everything it makes ({@link Labels#OWNER}), so that what a dead process
 *     left is found; letters, digits, {@code -} and {@code .}; no two runtimes share one
 * @param logs where output is kept
 * @param keep whether containers and volumes stay when their task has stopped
 * @param progress takes every line of output
 */
public record RuntimeSettings(
    String owner, LogFolders logs, boolean keep, InstantSource clock, Progress.Listener progress) {
  /** Where a task's output is kept. */
  @FunctionalInterface
  public interface LogFolders {
    /**
     * Return the folder of a task's log files, which are named {@code <container>.log}; it need not
     * exist.
     *
     * @param startedBy {@code <run id>/<step number>/<task number>/<attempt>}
     */
    Path folder(String startedBy);
  }
}
