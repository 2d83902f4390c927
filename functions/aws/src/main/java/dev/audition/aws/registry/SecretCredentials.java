package dev.audition.aws.registry;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.core.tree.TreeNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens registries with the same secrets that ECS pulls with: JSON with {@code username} and {@code
 * password}. Read again after five minutes, since passwords change.
 */
public final class SecretCredentials implements RegistryCredentials {
  private static final Duration KNOWN = Duration.ofMinutes(5);

  /** Reads secrets, as {@link dev.audition.aws.secrets.SecretValues} does. */
  @FunctionalInterface
  public interface Secrets {
    /** Read the current value of a secret by its ARN; empty if there is none. */
    Optional<String> read(String arn);
  }

  private record Known(String authorization, Instant until) {}

  private final Secrets secrets;
  private final Map<String, String> registries;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /**
   * Make one.
   *
   * @param registries host to the ARN of its secret: what a project grants
   */
  public SecretCredentials(Secrets secrets, Map<String, String> registries, InstantSource clock) {
    this.secrets = secrets;
    this.registries = Map.copyOf(registries);
    this.clock = clock;
  }

  @Override
  public Optional<String> authorization(String host) {
    String arn = registries.get(host);
    if (arn == null) {
      return Optional.empty();
    }
    Known last = known.get(host);
    if (last == null || !clock.instant().isBefore(last.until())) {
      last = new Known(basic(host, arn), clock.instant().plus(KNOWN));
      known.put(host, last);
    }
    return Optional.of(last.authorization());
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
    String text =
        secrets
            .read(arn)
            .orElseThrow(
                () ->
                    new RegistryTroubleException(
                        "the secret for %s is not there, or holds no text".formatted(host)));
    try {
      return JsonReader.read(text, "secret");
    } catch (MalformedJsonException _) {
      // Neither the text nor the parser's words about it may be seen.
      throw new RegistryTroubleException("the secret for %s is not JSON".formatted(host));
    }
  }
}
