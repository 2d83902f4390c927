package dev.audition.aws.dynamo;

import static dev.audition.core.task.ContainerCondition.HEALTHY;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunService;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.testkit.ContainerScript;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.RunStoreContract;
import dev.audition.core.testkit.ScriptedPreparation;
import dev.audition.core.testkit.ScriptedTaskRuntime;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a run costs in DynamoDB. */
final class WritesPerRunTest {
  /** Of a million write and read request units in us-east-1, US dollars. */
  private static final double WRITES_PRICE = 0.625;

  private static final double READS_PRICE = 0.125;

  private final ManualClock clock = new ManualClock();
  private final ScriptedTaskRuntime runtime = new ScriptedTaskRuntime(clock);
  private final CapacityCount count = new CapacityCount();
  private final DynamoRunStore store =
      new DynamoRunStore(
          LocalDynamo.access().watchedBy(count), LocalDynamo.table(), Duration.ofDays(30), clock);
  private final RunService service =
      new RunService(
          new RunPorts(
              store,
              runtime,
              new ScriptedPreparation()
                  .step(
                      1,
                      task()
                          .container("database")
                          .container("tests", waits("database", HEALTHY))
                          .container("audition-stage")
                          .essential("audition-keeper")
                          .build())),
          clock,
          Runnable::run,
          _ -> {});

  @Test
  void aSimpleRunTakesFewWrites() {
    runtime
        .script("database", ContainerScript.stays().healthy(Duration.ofSeconds(4)))
        .script("tests", ContainerScript.exits(0, Duration.ofSeconds(20)))
        .script("audition-stage", ContainerScript.exits(0, Duration.ofSeconds(1)));
    Run run = RunStoreContract.queued("run-1", clock.instant());
    service.start(run);
    for (int i = 0; i < 60; i++) {
      runtime.takeEvents().forEach(service::taskChanged);
      runtime.advance(Duration.ofSeconds(2));
      if (i % 30 == 29) {
        service.sweep(clock.instant());
      }
    }
    Run ended = store.load(run.id()).orElseThrow();
    assertThat(ended.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(ended.times().nextCheckAt()).isNull();
    System.out.printf(
        "a simple run: %s; %.0f write units, %.1f read units, %.2e USD; %d versions%n",
        count.requests(),
        count.writes(),
        count.reads(),
        (count.writes() * WRITES_PRICE + count.reads() * READS_PRICE) / 1e6,
        ended.version());
    assertThat(count.writes()).isLessThan(56);
    assertThat(count.reads()).isLessThan(60);
  }
}
