package dev.audition.handlers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunId;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.verdict.Verdict;
import dev.audition.handlers.wire.Faults.Fault;
import dev.audition.handlers.wire.StateChangeFeed.Disorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many runs at once while functions die at random, ECS throttles and does not answer, and events
 * come twice, late or never: every verdict is right, and nothing is left or lost.
 */
@Tag("docker")
final class CloudChaosTest {
  private static final double DEATHS = 0.03;
  private static final double FAULTS = 0.05;

  @TempDir Path logs;

  @Test
  void everyVerdictIsRightWhateverDies() {
    play(20, Duration.ofMinutes(3));
  }

  @Test
  @Tag("slow")
  void everyVerdictOfManyIsRightWhateverDies() {
    play(200, Duration.ofMinutes(20));
  }

  private void play(int count, Duration patience) {
    long seed = Long.getLong("chaos.seed", new Random().nextLong());
    System.out.println("chaos: -Dchaos.seed=" + seed);
    Deaths deaths = new Deaths(seed, DEATHS);
    try (CloudRuns runs = new CloudRuns(logs, deaths)) {
      EcsWire wire = runs.account.ecs.wire();
      wire.faults()
          .share(
              seed,
              FAULTS,
              new Fault.Throttled(),
              new Fault.ServerError(),
              new Fault.NotAnswered());
      wire.events().disorder(new Disorder(seed, 0.2, 0.3, 0.1, Duration.ofSeconds(1)));
      Map<RunId, Verdict> expected = new LinkedHashMap<>();
      for (int i = 1; i <= count; i++) {
        boolean fails = i % 3 == 0;
        expected.put(
            runs.start("chaos-" + i, CloudRunsTest.candidate(fails ? "exit 3" : "exit 0")),
            fails ? Verdict.FAILED : Verdict.PASSED);
      }

      Map<RunId, Verdict> verdicts = new LinkedHashMap<>();
      expected.keySet().forEach(id -> verdicts.put(id, runs.ended(id, patience).verdict()));

      System.out.println("chaos: " + deaths.happened() + ", requests: " + wire.requests());
      assertThat(verdicts).as("seed %d", seed).isEqualTo(expected);
      expected.keySet().forEach(id -> assertThat(wire.launches(id + "/1/1/1")).isEqualTo(1));
      Eventually.within(patience, "no task runs", () -> wire.alive().isEmpty());
      Eventually.within(patience, "nothing is left", () -> runs.account.ecs.left().isEmpty());
      Eventually.within(
          patience, "no event waits", () -> runs.account.messages(runs.account.taskEvents) == 0);
      assertThat(runs.account.deadLetters).allMatch(queue -> runs.account.messages(queue) == 0);
    }
  }
}
