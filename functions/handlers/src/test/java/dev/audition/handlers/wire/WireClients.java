package dev.audition.handlers.wire;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

/** The SDK, as the wire's own tests use it: one call is one request. */
final class WireClients {
  private WireClients() {}

  static EcsClient ecs(EcsWire wire) {
    return EcsClient.builder()
        .region(Region.of(wire.arns().region()))
        .endpointOverride(wire.endpoint())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(
            configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }
}
