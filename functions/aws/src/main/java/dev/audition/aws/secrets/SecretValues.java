package dev.audition.aws.secrets;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Reads secrets. Their values go where they are needed and nowhere else: no log, no record. */
public final class SecretValues {
  private final SecretsManagerClient client;

  /** Make one. */
  public SecretValues(AwsAccess access) {
    this.client = access.client(SecretsManagerClient.builder());
  }

  /**
   * Read the current value of a secret; empty if there is no such secret, or none with text.
   *
   * @param arnOrName of the secret
   */
  public Optional<String> read(String arnOrName) {
    try {
      return Optional.ofNullable(
          client.getSecretValue(request -> request.secretId(arnOrName)).secretString());
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
    } catch (SdkException e) {
      throw CloudException.of("read the secret " + arnOrName, e);
    }
  }
}
