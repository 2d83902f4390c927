package dev.audition.local.runtime;

import java.util.List;

/** Brings images into the engine. */
@FunctionalInterface
public interface Images {
  /** Whether an image is there. */
  sealed interface Availability {
    /**
     * It is.
     *
     * @param entrypoint the image's own, to keep it where only the command is cleared
     * @param volumes paths the image declares as VOLUME: Docker fills a fresh volume there
     */
    record Present(List<String> entrypoint, List<String> volumes) implements Availability {
      public Present {
        entrypoint = List.copyOf(entrypoint);
        volumes = List.copyOf(volumes);
      }
    }

    /**
     * It is not, and cannot be had.
     *
     * @param reason as ECS says it: {@code CannotPullContainerError: ...}
     */
    record Missing(String reason) implements Availability {}
  }

  /**
   * Make sure that the engine has an image; blocks while it is pulled. Two at once for the same
   * image do no harm.
   *
   * @param platform such as {@code linux/amd64}; empty for the engine's own
   */
  Availability ensure(String image, String platform);
}
