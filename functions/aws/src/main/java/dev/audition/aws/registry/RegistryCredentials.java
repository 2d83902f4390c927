package dev.audition.aws.registry;

import java.util.Optional;

/** Opens registries that do not answer everybody. */
@FunctionalInterface
public interface RegistryCredentials {
  /** Nobody's. */
  RegistryCredentials NONE = host -> Optional.empty();

  /**
   * Return the value of the {@code Authorization} header for a registry; empty for none.
   *
   * @throws dev.audition.aws.CloudException if they could not be had, with words for the user
   * @throws RegistryTroubleException if they are no credentials, with words for the user
   */
  Optional<String> authorization(String host);

  /** Return these, and others where these have none. */
  default RegistryCredentials or(RegistryCredentials others) {
    return host -> authorization(host).or(() -> others.authorization(host));
  }
}
