package dev.audition.local;

import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.local.docker.EngineUnavailableException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The images the engine has, each looked at once. */
final class KnownImages implements ImageConfigs {
  private final ImageConfigs images;
  private final Map<String, Optional<ImageConfig>> looked = new ConcurrentHashMap<>();

  KnownImages(ImageConfigs images) {
    this.images = images;
  }

  @Override
  public Optional<ImageConfig> find(String reference) {
    return looked.computeIfAbsent(reference, this::look);
  }

  private Optional<ImageConfig> look(String reference) {
    try {
      return images.find(reference);
    } catch (EngineUnavailableException e) {
      return Optional.empty(); // it went away: a plan can do without
    }
  }
}
