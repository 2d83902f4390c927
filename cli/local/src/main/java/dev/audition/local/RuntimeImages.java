package dev.audition.local;

import dev.audition.core.image.ImageConfig;
import dev.audition.core.run.Progress;
import dev.audition.local.docker.DockerImages;
import dev.audition.local.docker.PullOutcome;
import dev.audition.local.runtime.Images;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The images of one run: each is asked for once, so that what a registry refused while the step was
 * prepared is not waited for again when its container starts.
 */
final class RuntimeImages implements Images {
  private final DockerImages images;
  private final Progress.Listener listener;
  private final Map<String, String> missing = new ConcurrentHashMap<>();
  private final Map<String, ImageConfig> known = new ConcurrentHashMap<>();

  RuntimeImages(DockerImages images, Progress.Listener listener) {
    this.images = images;
    this.listener = listener;
  }

  @Override
  public Availability ensure(String image, String platform) {
    String before = missing.get(image);
    if (before != null) {
      return new Availability.Missing(before);
    }
    if (!known.containsKey(image)) {
      if (images.obtain(image, platform, listener) instanceof PullOutcome.Failed failed) {
        missing.put(image, failed.reason());
        return new Availability.Missing(failed.reason());
      }
      images.find(image).ifPresent(config -> known.put(image, config));
    }
    ImageConfig config = known.get(image);
    return config == null
        ? new Availability.Missing("CannotPullContainerError: " + image + " was removed meanwhile")
        : new Availability.Present(config.entrypoint(), config.volumes());
  }

  /** Find the configuration of an image that was asked for before. */
  Optional<ImageConfig> config(String image) {
    return Optional.ofNullable(known.get(image));
  }

  /** Forget what is known of an image, since it is built anew. */
  void built(String image) {
    missing.remove(image);
    known.remove(image);
  }
}
