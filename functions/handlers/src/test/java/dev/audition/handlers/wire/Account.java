package dev.audition.handlers.wire;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.testkit.LocalAccess;
import dev.audition.aws.testkit.LocalBuckets;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.aws.testkit.LocalQueues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What a deployment finds in an account: a table, a bucket that containers reach, queues with their
 * dead-letter queues, a cluster, and the rule that brings its events into a queue.
 */
final class Account implements AutoCloseable {
  /** Short, so that what a killed function had comes back soon. */
  private static final String VISIBILITY_SECONDS = "2";

  /** A function that is killed at random may be so several times with the same message. */
  private static final int MOST_RECEIPTS = 50;

  final DockerEcs ecs;
  final String table = LocalDynamo.table();
  final String bucket;
  final String runRequests;
  final String taskEvents;
  final String hooks;
  final List<String> deadLetters;
  final SqsClient sqs = LocalQueues.access().client(SqsClient.builder());
  private final LocalBuckets buckets;
  private final S3Client s3;

  Account(Path logs) {
    ecs = new DockerEcs(logs, this::object);
    buckets = LocalBuckets.at(ecs.bridge().getHostAddress());
    s3 = buckets.access().client(S3Client.builder().forcePathStyle(true));
    bucket = buckets.bucket();
    Map<String, String> queues = new LinkedHashMap<>();
    deadLetters =
        List.of("run-requests", "task-events", "hooks").stream()
            .map(
                name -> {
                  String dead = queue(name + "-dead-", Map.of());
                  queues.put(name, queue(name + "-", redrive(dead)));
                  return dead;
                })
            .toList();
    runRequests = String.valueOf(queues.get("run-requests"));
    taskEvents = String.valueOf(queues.get("task-events"));
    hooks = String.valueOf(queues.get("hooks"));
    ecs.wire()
        .events()
        .subscribe(
            event -> sqs.sendMessage(message -> message.queueUrl(taskEvents).messageBody(event)));
  }

  AwsAccess ecsAccess() {
    return LocalAccess.at(ecs.wire().endpoint());
  }

  AwsAccess s3Access() {
    return buckets.access();
  }

  /** Return the environment of the functions, as the template gives it. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_REGION", ecs.wire().arns().region());
    environment.put("AUDITION_TABLE", table);
    environment.put("AUDITION_BUCKET", bucket);
    environment.put("AUDITION_CLUSTER", ecs.wire().arns().clusterArn());
    environment.put("AUDITION_RUN_REQUESTS_URL", runRequests);
    environment.put("AUDITION_HOOKS_URL", hooks);
    environment.put("AUDITION_SUBNETS", "subnet-1,subnet-2");
    environment.put("AUDITION_SECURITY_GROUPS", "sg-1");
    environment.put("AUDITION_ASSIGN_PUBLIC_IP", "ENABLED");
    environment.put("AUDITION_EXECUTION_ROLE", "arn:aws:iam::123456789012:role/execution");
    environment.put("AUDITION_TASK_ROLE", "");
    environment.put("AUDITION_LOG_GROUP", "/audition/test");
    environment.put("AUDITION_OWN_IMAGE", FargateImages.OWN);
    environment.put("AUDITION_VCPU_QUOTA", "64");
    environment.put("AUDITION_SPOT_PERCENT", "0");
    environment.put("AUDITION_RETENTION_DAYS", "30");
    return environment;
  }

  /** Return how many messages lie in a queue, those in flight among them. */
  int messages(String queueUrl) {
    Map<QueueAttributeName, String> attributes =
        sqs.getQueueAttributes(
                request -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
        + number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
        + number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);
  }

  private static int number(Map<QueueAttributeName, String> all, QueueAttributeName name) {
    return Integer.parseInt(all.getOrDefault(name, "0"));
  }

  private Optional<String> object(String name, String key) {
    try {
      return Optional.of(
          s3.getObject(request -> request.bucket(name).key(key), ResponseTransformer.toBytes())
              .asUtf8String());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  private String queue(String name, Map<QueueAttributeName, String> attributes) {
    return sqs.createQueue(
            request -> request.queueName(name + UUID.randomUUID()).attributes(attributes))
        .queueUrl();
  }

  private Map<QueueAttributeName, String> redrive(String deadLetterUrl) {
    String arn =
        String.valueOf(
            sqs.getQueueAttributes(
                    request ->
                        request
                            .queueUrl(deadLetterUrl)
                            .attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN));
    return Map.of(
        QueueAttributeName.VISIBILITY_TIMEOUT,
        VISIBILITY_SECONDS,
        QueueAttributeName.REDRIVE_POLICY,
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}".formatted(arn, MOST_RECEIPTS));
  }

  @Override
  public void close() {
    ecs.close();
    sqs.close();
    s3.close();
  }
}
