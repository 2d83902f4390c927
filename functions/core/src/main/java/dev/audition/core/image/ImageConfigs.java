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
}
