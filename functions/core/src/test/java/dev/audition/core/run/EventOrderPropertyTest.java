package dev.audition.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunEvent.Checked;
import dev.audition.core.run.RunEvent.TaskStateChanged;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The events of a task may come in any order, more than once or not at all: with one check at the
 * end the verdict is the same.
 */
final class EventOrderPropertyTest {
  private static final int SAMPLES = 1500;
  private static final int ORDERS = 12;

  /** Where a run stands after its events: it has a verdict, tries again, or goes on. */
  private record Standing(RunStatus status, @Nullable Verdict verdict, int attempt) {}

  @Test
  void orderRepetitionAndLossOfEventsDoNotChangeTheVerdict() {
    long first = Long.getLong("seed", System.nanoTime());
    Map<RunStatus, Integer> seen = new EnumMap<>(RunStatus.class);
    for (long seed = first; seed < first + SAMPLES; seed++) {
      World world = new World();
      RandomCompositions.of(seed).play(world);
      world.start();
      Run launched = world.run();
      world.runtime.advance(Duration.ofHours(1));
      List<TaskDescription> history = world.runtime.takeEvents();
      Standing expected = standing(launched, history, history);
      seen.merge(expected.status(), 1, Integer::sum);
      Random random = new Random(seed);
      for (int i = 0; i < ORDERS; i++) {
        List<TaskDescription> events = disturbed(history, random);
        assertThat(standing(launched, events, history))
            .as("-Dseed=%d, order %d: %s", seed, i, versions(events))
            .isEqualTo(expected);
      }
    }
    assertThat(seen).as("first seed %d", first).containsKeys(RunStatus.ENDED, RunStatus.RUNNING);
  }

  private static List<Long> versions(List<TaskDescription> events) {
    return events.stream().map(TaskDescription::version).toList();
  }

  private static List<TaskDescription> disturbed(List<TaskDescription> history, Random random) {
    List<TaskDescription> events = new ArrayList<>();
    for (TaskDescription event : history) {
      for (int copies = random.nextInt(3); copies > 0; copies--) {
        events.add(event);
      }
    }
    Collections.shuffle(events, random);
    return events;
  }

  private static Standing standing(
      Run launched, List<TaskDescription> events, List<TaskDescription> history) {
    Run run = launched;
    for (TaskDescription event : events) {
      run = RunMachine.apply(run, new TaskStateChanged(event), event.createdAt()).next();
    }
    TaskDescription last = history.getLast();
    TaskArn arn = last.taskArn();
    run =
        RunMachine.apply(run, new Checked(1, List.of(arn), List.of(last)), last.createdAt()).next();
    return new Standing(
        run.status(), run.verdict(), run.steps().getFirst().tasks().getFirst().attempt());
  }
}
