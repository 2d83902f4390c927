package dev.audition.aws;

import dev.audition.aws.dynamo.DynamoAdmissionStore;
import dev.audition.aws.dynamo.DynamoRunStore;
import dev.audition.aws.ecs.DefinitionRegistry;
import dev.audition.aws.ecs.DefinitionRegistryContract;
import dev.audition.aws.ecs.TableDefinitions;
import dev.audition.aws.events.EventBusContract;
import dev.audition.aws.logs.LogsContract;
import dev.audition.aws.s3.S3BlobStore;
import dev.audition.aws.secrets.SecretValuesContract;
import dev.audition.aws.sns.TopicsContract;
import dev.audition.aws.sqs.QueueContract;
import dev.audition.aws.testkit.LocalBuckets;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.aws.testkit.LocalStack;
import dev.audition.core.run.admission.AdmissionStore;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.testkit.AdmissionStoreContract;
import dev.audition.core.testkit.BlobStoreContract;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.RunStoreContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contracts that the other tests hold the adapters to, once more on LocalStack. */
@Tag("docker")
@EnabledIf(
    value = "dev.audition.aws.testkit.LocalStack#canBeHad",
    disabledReason =
        "the engine does not have the image localstack/localstack:4.14.0 (docker pull gets it), and"
            + " AUDITION_LOCALSTACK names no address")
final class LocalStackTest {
  private static final Duration KEEP = Duration.ofDays(30);

  private static AwsAccess access() {
    return LocalStack.access();
  }

  @Nested
  final class Runs implements RunStoreContract {
    @Override
    public RunStore store() {
      return new DynamoRunStore(access(), LocalDynamo.table(access()), KEEP, new ManualClock());
    }
  }

  @Nested
  final class Admissions implements AdmissionStoreContract {
    @Override
    public AdmissionStore admissionStore() {
      return new DynamoAdmissionStore(access(), LocalDynamo.table(access()), Backoff.NONE);
    }
  }

  @Nested
  final class Definitions implements DefinitionRegistryContract {
    @Override
    public DefinitionRegistry definitions() {
      return new TableDefinitions(access(), LocalDynamo.table(access()), KEEP, new ManualClock());
    }
  }

  @Nested
  final class Blobs implements BlobStoreContract {
    @Override
    public BlobStore blobs() {
      return new S3BlobStore(access(), LocalBuckets.bucket(access()));
    }
  }

  @Nested
  final class Queues extends QueueContract {
    Queues() {
      super(access());
    }
  }

  @Nested
  final class Topics extends TopicsContract {
    Topics() {
      super(access());
    }
  }

  @Nested
  final class Buses extends EventBusContract {
    Buses() {
      super(access());
    }
  }

  @Nested
  final class Secrets extends SecretValuesContract {
    Secrets() {
      super(access());
    }
  }

  @Nested
  final class Logs extends LogsContract {
    Logs() {
      super(access());
    }
  }
}
