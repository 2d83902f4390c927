package dev.audition.aws.registry;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.core.tree.TreeNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Opens registries with the same secrets that ECS pulls with: JSON with {@code username} and {@code
 * password}. Read once, for as long as this lives.
 */
public final class SecretCredentials implements RegistryCredentials {
  private final SecretsManagerClient secrets;
  private final Map<String, String> registries;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /**
   * Make one.
   *
   * @param registries host to the ARN of its secret: what a project grants
   */
  public SecretCredentials(AwsAccess access, Map<String, String> registries) {
    this.secrets = access.client(SecretsManagerClient.builder());
    this.registries = Map.copyOf(registries);
  }

  @Override
  public Optional<String> authorization(String host) {
    String arn = registries.get(host);
    return arn == null
        ? Optional.empty()
        : Optional.of(known.computeIfAbsent(host, _ -> basic(host, arn)));
  }

  private String basic(String host, String arn) {
    TreeNode secret = read(host, arn);
    String user = Documents.text(secret, "username");
    String password = Documents.text(secret, "password");
    if (user.isEmpty() || password.isEmpty()) {
      throw new RegistryTroubleException(
          "the secret for %s has no username and password".formatted(host));
    }
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private TreeNode read(String host, String arn) {
    try {
      String text = secrets.getSecretValue(request -> request.secretId(arn)).secretString();
      return JsonReader.read(text == null ? "" : text, "secret");
    } catch (MalformedJsonException _) {
      // Neither the text nor the parser's words about it may be seen.
      throw new RegistryTroubleException("the secret for %s is not JSON".formatted(host));
    } catch (SdkException e) {
      throw CloudException.of("read the secret for " + host, e);
    }
  }
}
