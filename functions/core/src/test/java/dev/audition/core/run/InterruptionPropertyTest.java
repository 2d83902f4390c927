package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.HEALTHY;
import static dev.audition.core.testkit.ContainerScript.cannotStart;
import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.ContainerScript.stays;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.InterruptedPorts.Death;
import dev.audition.core.run.port.HookSender;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens at whichever point of load, commit, perform and answer: the same verdict, no
 * leaked task, no second launch of an attempt.
 */
final class InterruptionPropertyTest {
  /** A world to play, the same each time it is made. */
  record Scenario(String name, Supplier<World> world) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final TaskDefinition TASK =
      task().container("db").essential("tests", waits("db", HEALTHY)).build();

  static Stream<Scenario> scenarios() {
    return Stream.of(
        scenario("passes", w -> w.runtime.script("tests", exits(0, SECOND))),
        scenario("fails", w -> w.runtime.script("tests", exits(1, SECOND))),
        scenario("hopeless", w -> w.runtime.script("db", stays().unhealthy(SECOND))),
        scenario("times out", w -> {}),
        scenario(
            "is tried again after a busy registry",
            w ->
                w.runtime
                    .script("db", 1, cannotStart("CannotPullContainerError: toomanyrequests"))
                    .script("tests", exits(0, SECOND))),
        scenario(
            "never gets its image",
            w -> w.runtime.script("db", cannotStart("CannotPullContainerError: i/o timeout"))),
        scenario(
            "is refused for capacity, then passes",
            w -> w.runtime.refuses(RefusalKind.CAPACITY, "full").script("tests", exits(0, SECOND))),
        scenario(
            "is interrupted before a candidate ran",
            w ->
                w.runtime
                    .endsTask(1, SECOND, StopCode.SPOT_INTERRUPTION, "spot")
                    .script("db", 1, stays().healthy(null))
                    .script("tests", exits(0, SECOND))),
        scenario(
            "is interrupted while a candidate runs",
            w -> w.runtime.endsTask(1, SECOND, StopCode.SPOT_INTERRUPTION, "spot")),
        scenario("loses its task", w -> w.runtime.losesTask(1, SECOND)),
        new Scenario(
            "two steps",
            () -> {
              World world = new World();
              busyReceivers(world);
              world.step(StepKinds.strict(1, "tests"), TASK);
              world.step(task().container("unit").container("e2e").build(), "unit", "e2e");
              world
                  .runtime
                  .script("tests", exits(0, SECOND))
                  .script("unit", exits(0, SECOND))
                  .script("e2e", exits(0, SECOND.multipliedBy(2)));
              return world;
            }));
  }

  /** Every hook there is; one of each pair is taken at the second try only. */
  private static void busyReceivers(World world) {
    world.defined = SampleHooks.ALL;
    HookSender.Answer busy = new HookSender.Answer.NotNow("answered 503");
    world.hooks.answers("run-1/1/on_finish/1", busy).answers("run-1/0/on_fail/1", busy, busy);
  }

  private static Scenario scenario(String name, Consumer<World> script) {
    return new Scenario(
        name,
        () -> {
          World world = new World();
          world.step(TASK, "tests");
          busyReceivers(world);
          script.accept(world);
          return world;
        });
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void deathAtAnyPointChangesNothing(Scenario scenario) {
    Verdict expected = scenario.world().get().play().verdict();
    boolean reached = true;
    for (int point = 1; reached; point++) {
      World world = scenario.world().get();
      world.at(
          point,
          () -> {
            throw new Death();
          });
      world.play();
      assertWhole(world, "death at point " + point);
      assertThat(world.verdict()).as("death at point %d", point).isEqualTo(expected);
      reached = world.interrupted();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void redriveAtAnyPointChangesNothing(Scenario scenario) {
    Verdict expected = scenario.world().get().play().verdict();
    boolean reached = true;
    for (int point = 1; reached; point++) {
      World world = scenario.world().get();
      world.at(point, () -> redrive(world));
      world.play();
      assertWhole(world, "redrive at point " + point);
      assertThat(world.verdict()).as("redrive at point %d", point).isEqualTo(expected);
      reached = world.interrupted();
    }
  }

  /** Another process gets every message again. */
  private static void redrive(World world) {
    RunService elsewhere = world.elsewhere();
    if (world.store.load(World.ID).isPresent()) {
      elsewhere.start(world.run());
      elsewhere.check(World.ID);
      world.runtime.history().forEach(elsewhere::taskChanged);
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void cancelAtAnyPointEndsTheRunOrComesTooLate(Scenario scenario) {
    Verdict expected = scenario.world().get().play().verdict();
    boolean reached = true;
    for (int point = 1; reached; point++) {
      World world = scenario.world().get();
      boolean[] inTime = {false};
      world.at(
          point,
          () -> {
            if (world.store.load(World.ID).isPresent() && world.verdict() == null) {
              world.elsewhere().cancel(World.ID, "somebody", "");
              inTime[0] = true;
            }
          });
      world.play();
      assertWhole(world, "cancel at point " + point);
      assertThat(world.verdict())
          .as("cancel at point %d", point)
          .isEqualTo(inTime[0] ? Verdict.CANCELLED : expected);
      reached = world.interrupted();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void cancelAndDeathAtOnceLeaveNothingBehindEvenIfEveryEventIsLost(Scenario scenario) {
    boolean reached = true;
    for (int point = 1; reached; point++) {
      World world = scenario.world().get();
      world.deaf = true;
      world.at(
          point,
          () -> {
            if (world.store.load(World.ID).isPresent()) {
              world.elsewhere().cancel(World.ID, "somebody", "");
            }
            throw new Death();
          });
      world.play();
      assertWhole(world, "cancel and death at point " + point);
      reached = world.interrupted();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void sweepsAloneComeToTheSameVerdict(Scenario scenario) {
    World world = scenario.world().get();
    world.deaf = true;
    assertThat(world.play().verdict()).isEqualTo(scenario.world().get().play().verdict());
    assertWhole(world, "no event");
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aCallThatIsNotAnsweredIsMadeAgain(Scenario scenario) {
    Verdict expected = scenario.world().get().play().verdict();
    for (int calls = 1; calls < 8; calls++) {
      World world = scenario.world().get();
      world.runtime.unavailable(calls);
      world.play();
      assertWhole(world, calls + " calls without an answer");
      assertThat(world.verdict()).isEqualTo(expected);
    }
  }

  private static void assertWhole(World world, String what) {
    assertThat(world.run().status()).as(what).isEqualTo(RunStatus.ENDED);
    assertThat(world.run().pending()).as(what).isEmpty();
    assertThat(world.runtime.alive()).as("%s: leaked", what).isEmpty();
    assertThat(world.runtime.launched())
        .as("%s: an attempt launched twice", what)
        .hasSameSizeAs(new LinkedHashSet<>(world.runtime.launched()));
    assertThat(new TreeSet<>(world.hooks.sentIds()))
        .as("%s: hooks sent", what)
        .isEqualTo(SampleHooks.expectedIds(world.run()));
    assertThat(world.run().hooks().deliveries())
        .as("%s: hooks on record", what)
        .hasSameSizeAs(SampleHooks.expectedIds(world.run()))
        .allMatch(delivery -> delivery.state() == HookDelivery.State.DELIVERED);
  }
}
