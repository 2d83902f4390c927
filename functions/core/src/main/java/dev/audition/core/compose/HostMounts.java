package dev.audition.core.compose;

import java.util.Set;

/**
 * Mounts of the host's that many files have for what they do to the container, and that need not be
 * the host's for that.
 */
final class HostMounts {
  /** The shared memory; mounting the host's is the old way to have more than 64 MiB of it. */
  static final String SHARED_MEMORY = "/dev/shm";

  /** What a container then gets. */
  static final long SHARED_MEMORY_BYTES = 2L << 30;

  private static final Set<String> TIME_ZONE = Set.of("/etc/localtime", "/etc/timezone");

  private HostMounts() {}

  /** Return whether a mount can be left out; warn what the container has in its place. */
  static boolean isLeftOut(Field item, String source, String target) {
    if (source.equals(SHARED_MEMORY) && source.equals(target)) {
      item.noEffect(
          "the container has a /dev/shm of its own, of 2 GiB where shm_size says nothing else",
          "Write shm_size instead.");
      return true;
    }
    if (TIME_ZONE.contains(source) && source.equals(target)) {
      item.noEffect(
          "%s of the host is not mounted, and the container keeps its own time zone"
              .formatted(source),
          "Set the environment variable TZ where the time zone matters.");
      return true;
    }
    return false;
  }
}
