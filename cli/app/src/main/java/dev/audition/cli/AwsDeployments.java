package dev.audition.cli;

import dev.audition.aws.AwsAccess;
import dev.audition.core.run.admission.AdmissionService;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Deployed stacks as the AWS command line on this machine would reach them. {@code
 * AWS_ENDPOINT_URL_SQS} and the like, as the SDK names them, put a service elsewhere.
 */
final class AwsDeployments implements Deployments {
  private static final Duration AFTER_A_LOST_RACE = Duration.ofMillis(50);

  private final Map<String, String> environment;

  AwsDeployments(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public CloudServices services(String region) {
    AwsAccess access = AwsAccess.fromMachine(region);
    return service -> {
      String address =
          environment.getOrDefault(
              "AWS_ENDPOINT_URL_" + service, environment.getOrDefault("AWS_ENDPOINT_URL", ""));
      return address.isEmpty() ? access : access.at(URI.create(address));
    };
  }

  @Override
  public Deployment open(String stack, String region) {
    return Deployment.of(stack, region, services(region));
  }

  @Override
  public AdmissionService admission(String stack, String region) {
    return open(stack, region).admission(lost -> pause(AFTER_A_LOST_RACE.multipliedBy(lost)));
  }

  @Override
  public void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
