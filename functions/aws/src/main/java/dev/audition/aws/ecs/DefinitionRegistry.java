package dev.audition.aws.ecs;

import java.util.Optional;

/**
 * Remembers which task definitions are registered, by the hash of what they say. It may forget: the
 * definition is found again by its name, and one that is forgotten for long is taken for unused.
 */
public interface DefinitionRegistry {
  /** Return the ARN of the definition of a hash, and remember that it is in use. */
  Optional<String> find(String hash);

  /** Return whether a definition of a hash is remembered, without taking that for a use of it. */
  boolean remembers(String hash);

  /** Remember a definition; a later one of the same hash takes its place. */
  void put(String hash, String arn);

  /** Forget a definition. */
  void forget(String hash);
}
