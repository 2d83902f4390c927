package dev.audition.aws.dynamo;

import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.RunStoreContract;
import java.time.Duration;

final class DynamoRunStoreTest implements RunStoreContract {
  @Override
  public RunStore store() {
    return new DynamoRunStore(
        LocalDynamo.access(), LocalDynamo.table(), Duration.ofDays(30), new ManualClock());
  }
}
