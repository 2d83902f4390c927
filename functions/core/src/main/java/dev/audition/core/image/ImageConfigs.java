package dev.audition.core.image;

import java.util.Optional;
import java.util.Set;

/** The image configurations known at the moment; the engine has them, or a registry. */
@FunctionalInterface
public interface ImageConfigs {
  /** Nothing is known. */
  ImageConfigs NONE = reference -> Optional.empty();

  /** Find the configuration of an image by its reference as written; empty if it is not known. */
  Optional<ImageConfig> find(String reference);

  /**
   * Return the architectures an image is there for, such as {@code amd64} and {@code arm64}; empty
   * if they are not known.
   */
  default Set<String> architectures(String reference) {
    return find(reference).map(config -> Set.of(config.architecture())).orElse(Set.of());
  }

  /** Say why an image is not known, for a message; empty if it is, or if nobody knows why. */
  default String whyUnknown(String reference) {
    return "";
  }

  /**
   * Return whether an image is not known for a cause that passes, such as a registry that does not
   * answer: asking again soon may help.
   */
  default boolean mayBeKnownSoon(String reference) {
    return false;
  }

  /**
   * Return these for the making of one plan: every question has the same answer for as long as that
   * takes, and all answers together take a bounded time.
   */
  default ImageConfigs forOnePlan() {
    return this;
  }
}
