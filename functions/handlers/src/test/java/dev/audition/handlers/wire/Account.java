package dev.audition.handlers.wire;

import dev.audition.aws.s3.S3BlobStore;
import dev.audition.aws.testkit.LocalBuckets;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.aws.testkit.LocalQueues;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.handlers.template.EventPattern;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What a deployment finds in an account: a table, a bucket that containers reach, queues with their
 * dead-letter queues, a cluster, and the rule that brings its events into a queue.
 */
public final class Account implements AutoCloseable {
  /**
   * What differs from account to account.
   *
   * @param visibilitySeconds after which what a killed function had comes back
   * @param mostReceipts of a message before it goes to the dead letters
   * @param vcpus that may be used at one time
   */
  public record Rules(int visibilitySeconds, int mostReceipts, int vcpus) {}

  /**
   * A queue.
   *
   * @param url of its messages
   * @param deadLetters the URL of what failed for good
   */
  public record QueuePair(String url, String deadLetters) {}

  private final Rules rules;
  private final DockerEcs ecs;
  private final OtherServices others = new OtherServices();
  private final String table = LocalDynamo.table();
  private final SqsClient sqs = LocalQueues.access().client(SqsClient.builder());
  private final QueuePair runRequests;
  private final QueuePair taskEvents;
  private final QueuePair hooks;
  private final LocalBuckets buckets;
  private final S3Client s3;
  private final String bucket;

  /** Make an empty one; the containers' output is kept in a folder. */
  public Account(Path logs, Rules rules) {
    this.rules = rules;
    ecs = new DockerEcs(logs, this::object);
    buckets = LocalBuckets.at(ecs.bridge().getHostAddress());
    s3 = buckets.access().client(S3Client.builder().forcePathStyle(true));
    bucket = buckets.bucket();
    runRequests = queues("run-requests");
    taskEvents = queues("task-events");
    hooks = queues("hooks");
    EventPattern rule = EventPattern.ofTaskStateChanges(ecs.wire().arns().clusterArn());
    ecs.wire()
        .events()
        .subscribe(
            event -> {
              if (rule.matches((Mapping) JsonReader.read(event, "event"))) {
                sqs.sendMessage(message -> message.queueUrl(taskEvents.url()).messageBody(event));
              }
            });
  }

  /** Return its cluster. */
  public DockerEcs ecs() {
    return ecs;
  }

  /** Return its secrets, topics and buses. */
  public OtherServices others() {
    return others;
  }

  /** Return the name of its table. */
  public String table() {
    return table;
  }

  /** Write a project down whose runs may use one secret and post to one host. */
  public void grant(String project, String secret, String secretArn, String host) {
    try (DynamoDbClient client = LocalDynamo.access().client(DynamoDbClient.builder())) {
      client.putItem(
          request ->
              request
                  .tableName(table)
                  .item(
                      Map.of(
                          "pk", AttributeValue.fromS("project#" + project),
                          "sk", AttributeValue.fromS("grants"),
                          "schema", AttributeValue.fromN("1"),
                          "hookHosts", AttributeValue.fromSs(List.of(host)),
                          "secrets",
                              AttributeValue.fromM(
                                  Map.of(secret, AttributeValue.fromS(secretArn))))));
    }
  }

  /** Return its files. */
  public S3BlobStore files() {
    return new S3BlobStore(buckets.access(), bucket);
  }

  /** Return what asks its queues. */
  public SqsClient sqs() {
    return sqs;
  }

  /** Return the queue of run requests. */
  public QueuePair runRequests() {
    return runRequests;
  }

  /** Return the queue of what ECS says of tasks. */
  public QueuePair taskEvents() {
    return taskEvents;
  }

  /** Return the queue of notifications. */
  public QueuePair hooks() {
    return hooks;
  }

  /** Return the environment of the functions, as the template gives it. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_REGION", ecs.wire().arns().region());
    environment.put("AWS_ENDPOINT_URL", others.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", LocalDynamo.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", LocalQueues.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_S3", buckets.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_ECS", ecs.wire().endpoint().toString());
    environment.put("AUDITION_TABLE", table);
    environment.put("AUDITION_BUCKET", bucket);
    environment.put("AUDITION_CLUSTER", ecs.wire().arns().clusterArn());
    environment.put("AUDITION_RUN_REQUESTS_URL", runRequests.url());
    environment.put("AUDITION_RUN_REQUESTS_DEAD_URL", runRequests.deadLetters());
    environment.put("AUDITION_TASK_EVENTS_URL", taskEvents.url());
    environment.put("AUDITION_TASK_EVENTS_DEAD_URL", taskEvents.deadLetters());
    environment.put("AUDITION_HOOKS_URL", hooks.url());
    environment.put("AUDITION_SUBNETS", "subnet-1,subnet-2");
    environment.put("AUDITION_SECURITY_GROUPS", "sg-1");
    environment.put("AUDITION_ASSIGN_PUBLIC_IP", "ENABLED");
    environment.put("AUDITION_EXECUTION_ROLE", "arn:aws:iam::123456789012:role/execution");
    environment.put("AUDITION_TASK_ROLE", "");
    environment.put("AUDITION_LOG_GROUP", "/audition/test");
    environment.put("AUDITION_OWN_IMAGE", FargateImages.OWN);
    environment.put("AUDITION_VCPU_QUOTA", Integer.toString(rules.vcpus()));
    environment.put("AUDITION_SPOT_PERCENT", "0");
    environment.put("AUDITION_RETENTION_DAYS", "30");
    return environment;
  }

  /** Return how many messages lie in a queue, those in flight among them. */
  public int messages(String queueUrl) {
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

  private QueuePair queues(String name) {
    String dead = queue(name + "-dead-", Map.of());
    return new QueuePair(queue(name + "-", redrive(dead)), dead);
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
        Integer.toString(rules.visibilitySeconds()),
        QueueAttributeName.REDRIVE_POLICY,
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
            .formatted(arn, rules.mostReceipts()));
  }

  @Override
  public void close() {
    ecs.close();
    others.close();
    sqs.close();
    s3.close();
  }
}
