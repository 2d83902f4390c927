package dev.audition.aws.registry;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.aws.Lazy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/** Opens the registries of ECR that the function's role may read, in its own region. */
public final class EcrCredentials implements RegistryCredentials {
  private static final Pattern HOST =
      Pattern.compile("\\d{12}\\.dkr\\.ecr(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");

  /** Asked again while it still opens. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  private record Token(String authorization, Instant until) {}

  private final Lazy<EcrClient> ecr;
  private final String region;
  private final InstantSource clock;
  private volatile @Nullable Token token;

  /** Make one. */
  public EcrCredentials(AwsAccess access, InstantSource clock) {
    this.ecr = new Lazy<>(() -> access.client(EcrClient.builder()));
    this.region = access.region();
    this.clock = clock;
  }

  @Override
  public Optional<String> authorization(String host) {
    var matcher = HOST.matcher(host);
    if (!matcher.matches() || !matcher.group(1).equals(region)) {
      return Optional.empty();
    }
    Token known = token;
    if (known == null || !clock.instant().isBefore(known.until())) {
      known = ask();
      token = known;
    }
    return Optional.of(known.authorization());
  }

  private Token ask() {
    try {
      AuthorizationData data =
          ecr.get().getAuthorizationToken(request -> {}).authorizationData().getFirst();
      return new Token("Basic " + data.authorizationToken(), data.expiresAt().minus(MARGIN));
    } catch (SdkException e) {
      throw CloudException.of("get a token for the registry", e);
    }
  }
}
