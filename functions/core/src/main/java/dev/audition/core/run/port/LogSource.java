package dev.audition.core.run.port;

import java.util.List;

/** The output of containers. */
public interface LogSource {
  /**
   * Return the last lines of a container's output; empty if there is none.
   *
   * @param startedBy the task's {@code startedBy}
   * @param containerName its name in the task definition
   */
  List<String> tail(String startedBy, String containerName, int lines);
}
