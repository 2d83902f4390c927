package dev.audition.aws;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.presigner.SdkPresigner;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/**
 * Where the account's services are and who asks: made once, by the wiring, and handed to every
 * adapter. All of them share one HTTP client; nothing is looked up in the surroundings unless asked
 * for by name.
 */
public final class AwsAccess {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** Three tries of a call that hangs must fit into a function's time, and something be left. */
  private static final Duration ANSWER_IN_A_FUNCTION = Duration.ofSeconds(6);

  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final @Nullable URI endpoint;
  private final SdkHttpClient http;
  private final List<ExecutionInterceptor> interceptors;

  private AwsAccess(
      Region region,
      AwsCredentialsProvider credentials,
      @Nullable URI endpoint,
      SdkHttpClient http,
      List<ExecutionInterceptor> interceptors) {
    this.region = region;
    this.credentials = credentials;
    this.endpoint = endpoint;
    this.http = http;
    this.interceptors = List.copyOf(interceptors);
  }

  private static AwsAccess of(String region, AwsCredentialsProvider credentials, Duration answer) {
    return new AwsAccess(
        Region.of(region),
        credentials,
        null,
        new CheckedHttpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(answer)
                .build()),
        List.of());
  }

  /** Ask with the credentials that Lambda puts into the environment. */
  public static AwsAccess fromEnvironment(String region) {
    return of(region, EnvironmentVariableCredentialsProvider.create(), ANSWER_IN_A_FUNCTION);
  }

  /** Ask with the credentials that the AWS command line would use on this machine. */
  public static AwsAccess fromMachine(String region) {
    return of(region, DefaultCredentialsProvider.builder().build(), ANSWER);
  }

  /** Ask with these credentials. */
  public static AwsAccess withKeys(String region, String accessKeyId, String secretAccessKey) {
    return of(
        region,
        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)),
        ANSWER);
  }

  /** Return the same with every service at one address: an emulator, a private endpoint. */
  public AwsAccess at(URI address) {
    return new AwsAccess(region, credentials, address, http, interceptors);
  }

  /** Return the region's name. */
  public String region() {
    return region.id();
  }

  /** Return whether the services are at an address of their own, and not where AWS has them. */
  public boolean elsewhere() {
    return endpoint != null;
  }

  /** Return the same, watched: each call is shown to an interceptor. For these packages only. */
  public AwsAccess watchedBy(ExecutionInterceptor interceptor) {
    List<ExecutionInterceptor> more = new ArrayList<>(interceptors);
    more.add(interceptor);
    return new AwsAccess(region, credentials, endpoint, http, more);
  }

  /** Prepare a presigner; for the adapters of these packages only. */
  public <B extends SdkPresigner.Builder> B presigner(B builder) {
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    builder.region(region);
    builder.credentialsProvider(credentials);
    return builder;
  }

  /** Make a client; for the adapters of these packages only. */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .httpClient(http)
        .overrideConfiguration(
            settings ->
                settings
                    .retryStrategy(RetryMode.STANDARD)
                    .executionInterceptors(interceptors)
                    // Neither read nor obey the files of whoever's machine this is.
                    .defaultProfileFile(ProfileFile.aggregator().build()))
        .build();
  }
}
