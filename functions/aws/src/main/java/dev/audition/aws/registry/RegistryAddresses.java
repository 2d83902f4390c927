package dev.audition.aws.registry;

import dev.audition.core.hook.PublicAddress;
import dev.audition.core.image.ImageReference;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/** Where registries answer, by the host in an image's name. */
@FunctionalInterface
public interface RegistryAddresses {
  /**
   * Return the address of a registry, without a path.
   *
   * @throws IllegalArgumentException if it is not one to ask, with words for the user
   * @throws UncheckedIOException if no address was found for its name, with words for the user
   */
  URI of(String host);

  /**
   * The registries of the internet: https only, and no host whose address is not public, because
   * the names come from the files under test.
   */
  RegistryAddresses PUBLIC =
      host -> {
        String name = host.equals(ImageReference.DOCKER_HUB) ? "registry-1.docker.io" : host;
        URI address = URI.create("https://" + name);
        checkPublic(address);
        return address;
      };

  /**
   * Check that an address is one of the internet.
   *
   * @throws IllegalArgumentException if it is not, with words for the user
   * @throws UncheckedIOException if no address was found for its name, with words for the user
   */
  static void checkPublic(URI address) {
    String host = address.getHost();
    if (host == null || !"https".equals(address.getScheme())) {
      throw new IllegalArgumentException(address.getScheme() + " (expected: https)");
    }
    try {
      for (InetAddress found : InetAddress.getAllByName(host)) {
        Optional<String> objection = PublicAddress.objection(found.getAddress());
        if (objection.isPresent()) {
          throw new IllegalArgumentException(
              "%s is not on the internet, it is %s".formatted(host, objection.get()));
        }
      }
    } catch (UnknownHostException e) {
      throw new UncheckedIOException("no address was found for " + host, e);
    }
  }
}
