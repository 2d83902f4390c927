package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.HEALTHY;
import static dev.audition.core.task.ContainerCondition.START;
import static dev.audition.core.testkit.ContainerScript.cannotStart;
import static dev.audition.core.testkit.ContainerScript.stays;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunEvent.TaskStateChanged;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The stated exception to "any order of task events, the same verdict": where a cause in the
 * composition and one outside of it keep the same candidate from running, a hopeless sign ends the
 * run at once, so the one that is committed first decides. Both are true, and neither is masked:
 * the verdict is never PASSED, and the reason names the cause that decided.
 */
final class SeveralCausesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String DISK_IS_FULL = "CannotStartContainerError: no space left on device";

  private final World world = new World();
  private final Instant now = world.clock.instant();

  private List<TaskDescription> history() {
    world.step(
        task()
            .container("db")
            .container("cache")
            .essential("tests", waits("db", HEALTHY), waits("cache", START))
            .build(),
        "tests");
    world.runtime.script("db", stays().unhealthy(SECOND));
    world.runtime.script("cache", cannotStart(DISK_IS_FULL));
    world.start();
    world.runtime.advance(Duration.ofMinutes(1));
    return world.runtime.takeEvents();
  }

  private Run after(List<TaskDescription> events) {
    Run run = world.run();
    for (TaskDescription event : events) {
      run = RunMachine.apply(run, new TaskStateChanged(event), now.plus(SECOND)).next();
    }
    return run;
  }

  @Test
  void theOneThatIsCommittedFirstDecides() {
    List<TaskDescription> history = history();

    Run inOrder = after(history);
    Run lastFirst = after(history.reversed());

    assertThat(inOrder.verdict()).isEqualTo(Verdict.ERRORED);
    assertThat(reason(inOrder)).contains("cache").contains("no space left on device");
    assertThat(lastFirst.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(reason(lastFirst)).contains("db is unhealthy");
  }

  @Test
  void whatComesAfterTheVerdictDoesNotChangeIt() {
    List<TaskDescription> history = history();
    Run decided = after(history);

    Run again = decided;
    for (TaskDescription event : history.reversed()) {
      again = RunMachine.apply(again, new TaskStateChanged(event), now.plus(SECOND)).next();
    }

    assertThat(again.verdict()).isEqualTo(decided.verdict());
    assertThat(reason(again)).isEqualTo(reason(decided));
  }

  private String reason(Run run) {
    return RunReports.report(run, List.of(), now).reason();
  }
}
