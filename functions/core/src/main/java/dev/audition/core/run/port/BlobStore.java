package dev.audition.core.run.port;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps files that are too large for a run's record: sources, workspaces, environment files,
 * artifacts. Private; what lies there is removed after the retention the deployment sets.
 */
public interface BlobStore {
  /** Keep a file; one of the same key is replaced. */
  void put(String key, byte[] content);

  /**
   * Return a file; empty if there is none of that key.
   *
   * @param mostBytes the largest that is taken
   * @throws IllegalArgumentException if it is larger, said with both sizes
   */
  Optional<byte[]> get(String key, long mostBytes);

  /** Return an address from which anyone who has it may read the file for a while. */
  URI presignedGet(String key, Duration validity);

  /** Return an address to which anyone who has it may write the file for a while, by HTTP PUT. */
  URI presignedPut(String key, Duration validity);
}
