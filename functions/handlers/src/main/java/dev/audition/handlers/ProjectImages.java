package dev.audition.handlers;

import dev.audition.core.image.ImageConfigs;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What registries say of images, for those who may open the same ones: what one project's
 * credentials have shown is not shown to another.
 */
final class ProjectImages {
  /** Each holds some hundred images at most; this only bounds how many there are. */
  private static final int MOST_KEPT = 20;

  private final Function<Map<String, String>, ImageConfigs> made;
  private final Map<Map<String, String>, ImageConfigs> known = new ConcurrentHashMap<>();

  /**
   * Make one.
   *
   * @param made asks registries, of which some are opened with secrets: host to ARN
   */
  ProjectImages(Function<Map<String, String>, ImageConfigs> made) {
    this.made = made;
  }

  /** Return what is known to whoever may open these registries: host to ARN. */
  ImageConfigs of(Map<String, String> registries) {
    if (known.size() >= MOST_KEPT) {
      known.clear();
    }
    return known.computeIfAbsent(Map.copyOf(registries), made);
  }
}
