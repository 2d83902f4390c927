package dev.audition.handlers.wire;

import java.util.List;
import java.util.Optional;

/** What ECS fetches for a task before anything of it starts. */
public interface LaunchSources {
  /** Nothing can be fetched, and no image exposes a port. */
  LaunchSources NONE = (_, _) -> Optional.empty();

  /** Return an object's text; empty if there is none, or it may not be read. */
  Optional<String> object(String bucket, String key);

  /** Return what a {@code secrets} entry names; empty if there is none, or it may not be read. */
  default Optional<String> secret(String valueFrom) {
    return Optional.empty();
  }

  /**
   * Return the TCP ports an image exposes. Fargate probes for the first time after one interval;
   * the runtime behind the wire probes earlier, and then wants to see one of these accept, too.
   */
  default List<Integer> exposedPorts(String image) {
    return List.of();
  }
}
