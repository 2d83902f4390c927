package dev.audition.core.run.port;

import java.util.Optional;

/** Looks up what a file may only name: signing keys, and addresses that are secret themselves. */
@FunctionalInterface
public interface SecretSource {
  /**
   * Return the value of a secret; empty if there is none of that name. Not to be kept, logged or
   * shown.
   *
   * @throws RuntimeUnavailableException if it is not known whether there is one
   */
  Optional<String> find(String name);
}
