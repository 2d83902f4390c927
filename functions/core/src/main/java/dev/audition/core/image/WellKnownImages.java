package dev.audition.core.image;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue: ports, readiness, memory and port settings of images that compositions use most.
 *
 * <p>Checks talk to 127.0.0.1 over TCP: official images run a first server without TCP while they
 * set up their data, and a check through a socket would pass too early. A check stands here only
 * where the image surely has its programs and no setting makes it fail for ever; ports do
 * elsewhere.
 */
public final class WellKnownImages {
  private static final List<WellKnownImage> ALL =
      Stream.of(WellKnownDatabases.ROWS, WellKnownBrokers.ROWS, WellKnownServers.ROWS)
          .flatMap(List::stream)
          .toList();

  private WellKnownImages() {}

  /** Find what is known of an image by its reference as written. */
  public static Optional<WellKnownImage> find(String reference) {
    return ImageReference.parse(reference)
        .map(ImageReference::originalName)
        .flatMap(name -> ALL.stream().filter(image -> image.matches(name)).findFirst());
  }

  /** Return the whole catalogue, in its order. */
  public static List<WellKnownImage> all() {
    return ALL;
  }
}
