package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.LISTENING;
import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.run.port.HookSender;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RunJsonTest {
  private final World world = new World();

  private void assertRoundTrip() {
    assertThat(RunJson.read(RunJson.write(world.run()), "run.json")).isEqualTo(world.run());
  }

  @Test
  void everyStateOfARunIsReadAsItWasWritten() {
    world.timeout = Duration.ofHours(1);
    world.defined = SampleHooks.ALL;
    world.hooks.answers("run-1/1/on_fail/1", new HookSender.Answer.NotNow("answered \"503\""));
    world.step(
        StepKinds.lenient(1, "tests"),
        task().dialled("api").essential("tests", waits("api", LISTENING)).build());
    world.step(StepKinds.skipped(2));
    world.step(StepKinds.other(3));
    world.step(task().container("e2e").build(), "e2e");
    world
        .runtime
        .refuses(RefusalKind.CAPACITY, "full \"now\"")
        .script("tests", 1, exits(1, Duration.ofSeconds(3)));
    world.start();
    assertRoundTrip();
    for (int i = 0; i < 40; i++) {
      world.pass(Duration.ofSeconds(1));
      world.service.sweep(world.clock.instant());
      assertRoundTrip();
    }
    world.runtime.unavailable(100);
    world.service.cancel(World.ID, "Ctrl-C", "enough");
    assertThat(world.run().pending()).isNotEmpty();
    assertRoundTrip();
  }

  @Test
  void aLaterSchemaIsNotGuessedAt() {
    assertThatThrownBy(() -> RunJson.read("{\"schema\": 2}", "run.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema 2");
  }

  @Test
  void fieldsThatAreMissingHaveTheirFirstValue() {
    Run run =
        RunJson.read(
            """
            {"schema": 1, "id": "a", "status": "QUEUED", "createdAt": "2026-01-01T00:00:00Z"}
            """,
            "run.json");
    assertThat(run.version()).isZero();
    assertThat(run.steps()).isEmpty();
    assertThat(run.times().createdAt()).isEqualTo(ManualClock.START);
  }

  @Test
  void somethingElseIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> RunJson.read("{\"schema\": 1, \"steps\": 7}", "run.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run.json");
  }
}
