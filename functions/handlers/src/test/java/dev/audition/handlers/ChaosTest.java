package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.HookDelivery;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.verdict.Verdict;
import dev.audition.handlers.wire.Account;
import dev.audition.handlers.wire.Deaths;
import dev.audition.handlers.wire.EcsWire;
import dev.audition.handlers.wire.FargateImages;
import dev.audition.handlers.wire.Faults.Fault;
import dev.audition.handlers.wire.StateChangeFeed.Disorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many runs at once while functions die at any of their calls, launches included, ECS throttles and
 * does not answer, and events come twice, late or never: every verdict is right, everybody who is
 * to be told is told, and nothing is left or lost.
 */
@Tag("docker")
final class ChaosTest {
  private static final double DEATHS = 0.01;
  private static final double FAULTS = 0.05;
  private static final Duration SWEEP = Duration.ofSeconds(2);

  /** Deaths that no seed may leave out. */
  private static final String[] CERTAIN = {
    "before RunTask", "after RunTask", "after SendMessage", "after TransactWriteItems"
  };

  /** When a sweep has looked after what its events did not tell. */
  private static final Duration LATER = Duration.ofMinutes(2);

  /** A function that is killed at random may be so several times with the same message. */
  private static final int MOST_RECEIPTS = 50;

  /** New accounts have so many; a run takes a quarter of one. */
  private static final int VCPUS = 6;

  @TempDir Path folder;

  @Test
  void everyVerdictIsRightWhateverDies() throws Exception {
    play(20, Duration.ofMinutes(4));
  }

  @Test
  @Tag("slow")
  void everyVerdictOfManyIsRightWhateverDies() throws Exception {
    play(200, Duration.ofMinutes(20));
  }

  private void play(int count, Duration patience) throws IOException, InterruptedException {
    long seed = Long.getLong("chaos.seed", new Random().nextLong());
    System.out.println("chaos: -Dchaos.seed=" + seed);
    Deaths deaths = new Deaths(seed, DEATHS).next(CERTAIN);
    try (HookReceiver receiver = new HookReceiver(folder);
        Account account =
            new Account(folder.resolve("logs"), new Account.Rules(2, MOST_RECEIPTS, VCPUS));
        AccountFunctions functions = new AccountFunctions(account, deaths, receiver::post)) {
      receiver.trustedBy(account);
      EcsWire wire = account.ecs().wire();
      wire.faults()
          .share(
              seed,
              FAULTS,
              new Fault.Throttled(),
              new Fault.ServerError(),
              new Fault.NotAnswered());
      wire.events().disorder(new Disorder(seed, 0.2, 0.3, 0.1, Duration.ofSeconds(1)));
      functions.sweepEvery(SWEEP);
      Map<RunId, Verdict> expected = new LinkedHashMap<>();
      for (int i = 1; i <= count; i++) {
        boolean fails = i % 3 == 0;
        RunId id =
            functions.ask(
                "chaos-" + i, "", "compose.yml", compose(fails ? "exit 3" : "exit 0", receiver));
        expected.put(id, fails ? Verdict.FAILED : Verdict.PASSED);
      }

      Map<RunId, Verdict> verdicts = new LinkedHashMap<>();
      expected.keySet().forEach(id -> verdicts.put(id, functions.ended(id, patience).verdict()));
      expected.forEach(
          (id, verdict) ->
              assertThat(verdicts.get(id))
                  .as("seed %d, %s", seed, functions.report(id))
                  .isEqualTo(verdict));
      expected.forEach(
          (id, verdict) ->
              assertThat(receiver.told(id.value(), "on_finish", patience).text("verdict"))
                  .as("%s, seed %d", id, seed)
                  .isEqualTo(verdict.name()));

      Eventually.within(patience, "no task runs", () -> wire.alive().isEmpty());
      Eventually.within(patience, "nothing is left", () -> account.ecs().left().isEmpty());
      functions.ahead(LATER);
      Eventually.within(
          patience,
          "nothing of any run is to be done",
          () -> expected.keySet().stream().map(functions::run).allMatch(ChaosTest::settled));
      deaths.end();
      Stream.of(account.runRequests(), account.taskEvents(), account.hooks())
          .forEach(
              queue ->
                  Eventually.within(
                      patience, "no message waits", () -> account.messages(queue.url()) == 0));

      System.out.println("chaos: " + deaths.happened() + ", requests: " + wire.requests());
      assertThat(List.of(account.runRequests(), account.taskEvents(), account.hooks()))
          .as("dead letters, seed %d", seed)
          .allMatch(queue -> account.messages(queue.deadLetters()) == 0);
      expected
          .keySet()
          .forEach(id -> assertThat(wire.launches(id + "/1/1/1")).as("%s", id).isEqualTo(1));
      assertThat(deaths.happened()).containsKeys(CERTAIN);
    }
  }

  private static boolean settled(Run run) {
    return run.over()
        && run.pending().isEmpty()
        && run.hooks().deliveries().stream()
            .allMatch(delivery -> delivery.state() == HookDelivery.State.DELIVERED);
  }

  private static String compose(String script, HookReceiver receiver) {
    return """
    x-audition:
      candidates: [tests]
      hooks: {on_finish: {notify: [%s]}}
    services:
      tests:
        image: %s
        entrypoint: [/bin/sh, -c]
        command: [%s]
    """
        .formatted(receiver.target(), FargateImages.SHELL, script);
  }
}
