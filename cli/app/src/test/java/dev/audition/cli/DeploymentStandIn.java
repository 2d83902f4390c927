package dev.audition.cli;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.dynamo.DynamoProjects;
import dev.audition.aws.dynamo.DynamoRunStore;
import dev.audition.aws.testkit.LocalBuckets;
import dev.audition.aws.testkit.LocalCloud;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.aws.testkit.LocalQueues;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.testkit.Compositions;
import dev.audition.core.testkit.ManualClock;
import dev.audition.handlers.FunctionsStandIn;
import dev.audition.local.LocalAudition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A stack {@code ci} over stand-ins: DynamoDB Local, ElasticMQ, s3proxy, {@link AccountStandIn},
 * and moto's server where logs are read.
 */
final class DeploymentStandIn implements Deployments, AutoCloseable {
  static final String REGION = "eu-central-1";

  /** Every image runs one command as root. */
  private static final ImageConfigs IMAGES = _ -> Optional.of(Compositions.image("run"));

  final AccountStandIn account = new AccountStandIn();
  final ManualClock clock = new ManualClock();
  final FunctionsStandIn functions;
  Supplier<AwsAccess> logs = () -> LocalCloud.access("logs of a deployment");

  Supplier<AwsAccess> table = LocalDynamo::access;

  /** What happens while a command waits. */
  Runnable meanwhile =
      () -> {
        throw new AssertionError("nothing will ever change");
      };

  DeploymentStandIn() {
    LocalQueues.Pair requests = LocalQueues.pair(5);
    LocalQueues.Pair hooks = LocalQueues.pair(5);
    Map<String, String> outputs = account.outputs;
    outputs.put("RunRequestsUrl", requests.url());
    outputs.put("RunRequestsDeadLettersUrl", requests.deadLetterUrl());
    outputs.put("HooksUrl", hooks.url());
    outputs.put("HooksDeadLettersUrl", hooks.deadLetterUrl());
    outputs.put("TaskEventsDeadLettersUrl", LocalQueues.queue());
    outputs.put("RuleDeadLettersUrl", LocalQueues.queue());
    outputs.put("TableName", LocalDynamo.table());
    outputs.put("BucketName", LocalBuckets.shared().bucket());
    outputs.put("ClusterArn", "arn:aws:ecs:eu-central-1:111122223333:cluster/ci");
    outputs.put("TaskLogGroup", "/audition/ci/tasks");
    outputs.put("SweepLogGroup", "/audition/ci/sweep");
    outputs.put("VcpuQuotaInUse", "6");
    Deployment deployment = open("ci", REGION);
    functions =
        new FunctionsStandIn(
            new DynamoRunStore(
                LocalDynamo.access(), outputs.get("TableName"), Duration.ofDays(3650), clock),
            deployment.files(),
            deployment.requests(),
            deployment.admission(Backoff.NONE),
            new DynamoProjects(LocalDynamo.access(), outputs.get("TableName")),
            IMAGES,
            clock);
  }

  @Override
  public CloudServices services(String region) {
    return service ->
        switch (service) {
          case "DYNAMODB" -> table.get();
          case "SQS" -> LocalQueues.access();
          case "S3" -> LocalBuckets.shared().access();
          case "CLOUDWATCH_LOGS" -> logs.get();
          case "CLOUDFORMATION", "STS", "ECS" -> account.access();
          default -> throw new IllegalArgumentException("service: " + service);
        };
  }

  @Override
  public Deployment open(String stack, String region) {
    return Deployment.of(stack, region, services(region));
  }

  @Override
  public AdmissionService admission(String stack, String region) {
    return open(stack, region).admission(Backoff.NONE);
  }

  @Override
  public void pause(Duration time) {
    meanwhile.run();
  }

  /** Type a command in a folder, with a region in the environment. */
  CommandRun type(Place place, String... words) {
    Map<String, String> environment = new HashMap<>(place.environment());
    environment.put("AWS_REGION", REGION);
    Path here = place.folder();
    return CommandRun.with(environment, () -> LocalAudition.of(environment, here), this, words);
  }

  @Override
  public void close() {
    account.close();
  }
}
