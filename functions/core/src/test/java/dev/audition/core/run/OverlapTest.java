package dev.audition.core.run;

import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunEvent.TaskStateChanged;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The one exception to "any order of task events gives the same verdict": an end from outside
 * overlaps the candidates' end, and the event that showed their end comes after the commit. Then
 * ERRORED stands; PASSED is never guessed.
 */
final class OverlapTest {
  private final World world = new World();

  private List<TaskDescription> history() {
    world.step(task().container("tests").build(), "tests");
    world
        .runtime
        .script("tests", exits(0, Duration.ofSeconds(1)))
        .endsTask(1, Duration.ofSeconds(2), StopCode.SPOT_INTERRUPTION, "spot");
    world.start();
    world.runtime.advance(Duration.ofMinutes(1));
    return world.runtime.takeEvents();
  }

  private Verdict feed(List<TaskDescription> events) {
    events.forEach(event -> world.service.handle(World.ID, new TaskStateChanged(event)));
    return Objects.requireNonNull(world.verdict());
  }

  @Test
  void anExitSeenBeforeTheInterruptionCounts() {
    assertThat(feed(history())).isEqualTo(Verdict.PASSED);
  }

  @Test
  void anExitFirstSeenUnderTheInterruptionDoesNot() {
    assertThat(feed(history().reversed())).isEqualTo(Verdict.ERRORED);
  }
}
