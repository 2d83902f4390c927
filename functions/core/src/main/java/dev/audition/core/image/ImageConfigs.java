package dev.audition.core.image;

import java.util.Optional;

/** The image configurations known at the moment; the engine has them, or a registry. */
@FunctionalInterface
public interface ImageConfigs {
  /** Nothing is known. */
  ImageConfigs NONE = reference -> Optional.empty();

  /** Find the configuration of an image by its reference as written; empty if it is not known. */
  Optional<ImageConfig> find(String reference);
}
