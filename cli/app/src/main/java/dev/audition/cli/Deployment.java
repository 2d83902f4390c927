package dev.audition.cli;

import dev.audition.aws.cloudformation.StackOutputs;
import dev.audition.aws.dynamo.DynamoAdmissionStore;
import dev.audition.aws.dynamo.DynamoGrants;
import dev.audition.aws.dynamo.DynamoRunStore;
import dev.audition.aws.ecs.FargateSettings;
import dev.audition.aws.logs.CloudWatchLogSource;
import dev.audition.aws.s3.S3BlobStore;
import dev.audition.aws.sqs.Queue;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.admission.Quotas;
import dev.audition.core.run.port.RunStore;
import java.time.Duration;
import java.time.InstantSource;

/** One deployed stack: what its outputs name, opened as it is needed. */
record Deployment(StackOutputs outputs, String region, CloudServices services) {
  /** Runs are only read here, so it is never looked at how long they are kept. */
  private static final Duration UNUSED_RETENTION = Duration.ofDays(1);

  /**
   * Read the outputs of a stack.
   *
   * @throws dev.audition.aws.CloudException if there is none of that name, or it cannot be asked
   */
  static Deployment of(String stack, String region, CloudServices services) {
    return new Deployment(StackOutputs.of(services.of("CLOUDFORMATION"), stack), region, services);
  }

  String stack() {
    return outputs.stack();
  }

  /** Return the runs; for reading only: who may ask for runs may not write what is kept of them. */
  RunStore runs() {
    return new DynamoRunStore(
        services.of("DYNAMODB"),
        outputs.value("TableName"),
        UNUSED_RETENTION,
        InstantSource.system());
  }

  S3BlobStore files() {
    return new S3BlobStore(services.of("S3"), outputs.value("BucketName"));
  }

  Queue requests() {
    return queue("RunRequestsUrl");
  }

  /** Return the queue whose URL is an output. */
  Queue queue(String output) {
    return new Queue(services.of("SQS"), outputs.value(output));
  }

  /** Return what projects grant. */
  DynamoGrants grants() {
    return new DynamoGrants(services.of("DYNAMODB"), outputs.value("TableName"));
  }

  /** Return the output of containers. */
  CloudWatchLogSource output(CloudWatchLogSource.Tasks tasks) {
    return new CloudWatchLogSource(
        services.of("CLOUDWATCH_LOGS"),
        outputs.value("TaskLogGroup"),
        FargateSettings.LOG_STREAM_PREFIX,
        tasks);
  }

  /** Return what lets runs in. */
  AdmissionService admission(Backoff backoff) {
    return new AdmissionService(
        new DynamoAdmissionStore(services.of("DYNAMODB"), outputs.value("TableName"), backoff),
        quotas(),
        InstantSource.system(),
        backoff);
  }

  Quotas quotas() {
    return Quotas.ofVcpus(Integer.parseInt(outputs.value("VcpuQuotaInUse")));
  }
}
