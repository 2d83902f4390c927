package dev.audition.core.run;

import static dev.audition.core.run.RunMachineRows.NOW;
import static dev.audition.core.run.RunMachineRows.apply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.hook.Hook;
import dev.audition.core.hook.HookKind;
import dev.audition.core.hook.Hooks;
import dev.audition.core.run.HookDelivery.State;
import dev.audition.core.run.RunEvent.CommandBroke;
import dev.audition.core.run.RunEvent.DeadlinePassed;
import dev.audition.core.run.RunEvent.HookQueued;
import dev.audition.core.run.RunEvent.HookTried;
import dev.audition.core.run.RunEvent.HookTried.Outcome;
import dev.audition.core.run.RunEvent.StepPrepared;
import dev.audition.core.task.StopCode;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What sets hooks off, and what becomes of a delivery with each thing that happens to it. */
final class HookOrderTest {
  private static final Instant LOST = NOW.plus(HookOrder.SILENT);
  private static final HookKey KEY = new HookKey(World.ID, Hooks.RUN, HookKind.ON_FAIL, 1);
  private static final String COMMAND = "hook/0/on_fail/1";

  /** A delivery in a state, what happens, and the state it is in then. */
  record Row(String sentence, State from, String name, RunEvent event, Instant at, State to) {
    @Override
    public String toString() {
      return sentence;
    }
  }

  private static Row row(String sentence, State from, String event, State to) {
    return new Row(sentence, from, event, events(event), NOW, to);
  }

  private static final List<String> EVENTS =
      List.of("queued", "delivered", "tried again", "given up", "broken", "silence");

  private static RunEvent events(String name) {
    return switch (name) {
      case "queued" -> new HookQueued(KEY);
      case "delivered" -> new HookTried(KEY, 3, Outcome.DELIVERED, "answered 200");
      case "tried again" -> new HookTried(KEY, 3, Outcome.TRIED_AGAIN, "answered 503");
      case "given up" -> new HookTried(KEY, 3, Outcome.GIVEN_UP, "answered 404");
      case "broken" -> new CommandBroke(COMMAND, "a fault");
      default -> new DeadlinePassed();
    };
  }

  private static Row silence(String sentence, State from, State to) {
    return new Row(sentence, from, "silence", new DeadlinePassed(), LOST, to);
  }

  static Stream<Row> rows() {
    return Stream.of(
        row("the queue has it", State.PENDING, "queued", State.QUEUED),
        row(
            "delivered before the queue's answer came",
            State.PENDING,
            "delivered",
            State.DELIVERED),
        row("tried before the queue's answer came", State.PENDING, "tried again", State.QUEUED),
        row("given up before it too", State.PENDING, "given up", State.FAILED),
        row("a queue that breaks is asked again", State.PENDING, "broken", State.PENDING),
        silence("only what is on its way is missed", State.PENDING, State.PENDING),
        row("the queue says it twice", State.QUEUED, "queued", State.QUEUED),
        row("its receiver takes it", State.QUEUED, "delivered", State.DELIVERED),
        row("its receiver is busy", State.QUEUED, "tried again", State.QUEUED),
        row("its receiver wants none of it", State.QUEUED, "given up", State.FAILED),
        row("what is queued cannot break", State.QUEUED, "broken", State.QUEUED),
        silence("what is not heard of is queued again", State.QUEUED, State.PENDING),
        row("delivered, the queue says late", State.DELIVERED, "queued", State.DELIVERED),
        row("delivered twice is delivered", State.DELIVERED, "delivered", State.DELIVERED),
        row("an older try comes late", State.DELIVERED, "tried again", State.DELIVERED),
        row("delivered stands", State.DELIVERED, "given up", State.DELIVERED),
        row("delivered cannot break", State.DELIVERED, "broken", State.DELIVERED),
        silence("delivered is not missed", State.DELIVERED, State.DELIVERED),
        row("given up, the queue says late", State.FAILED, "queued", State.FAILED),
        row("back from the dead letters it is taken", State.FAILED, "delivered", State.DELIVERED),
        row("or tried again", State.FAILED, "tried again", State.QUEUED),
        row("or given up again", State.FAILED, "given up", State.FAILED),
        row("given up cannot break", State.FAILED, "broken", State.FAILED),
        silence("given up is not missed", State.FAILED, State.FAILED));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowLeadsWhereItSays(Row row) {
    Run next = RunMachine.apply(in(row.from()), row.event(), row.at()).next();
    assertThat(state(next)).isEqualTo(row.to());
    assertThat(next.isPending(COMMAND)).isEqualTo(row.to() == State.PENDING);
    assertThat(next.verdict()).isEqualTo(Verdict.FAILED);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anEventThatComesTwiceChangesNothingTheSecondTime(Row row) {
    Run once = RunMachine.apply(in(row.from()), row.event(), row.at()).next();
    assertThat(RunMachine.apply(once, row.event(), row.at()).next()).isEqualTo(once);
  }

  @Test
  void noPairOfAStateAndAnEventIsLeftOut() {
    Set<String> tested =
        rows()
            .map(row -> row.from() + " " + row.name())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> pairs =
        Arrays.stream(State.values())
            .flatMap(state -> EVENTS.stream().map(event -> state + " " + event))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(tested).isEqualTo(pairs);
  }

  /** A run that failed, with one hook in a state. */
  private static Run in(State state) {
    Hooks hooks =
        new Hooks(
            List.of(new Hook(Hooks.RUN, HookKind.ON_FAIL, 1, SampleHooks.WEBHOOK)), List.of());
    Run running = RunMachineRows.in(RunStatus.RUNNING).withHooks(hooks);
    Run pending = apply(running, RunMachineRows.changed(2, 1));
    return switch (state) {
      case PENDING -> pending;
      case QUEUED -> apply(pending, new HookQueued(KEY));
      case DELIVERED -> apply(in(State.QUEUED), new HookTried(KEY, 1, Outcome.DELIVERED, "200"));
      case FAILED -> apply(in(State.QUEUED), new HookTried(KEY, 1, Outcome.GIVEN_UP, "404"));
    };
  }

  private static State state(Run run) {
    return run.hooks().delivery(KEY).orElseThrow().state();
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void aVerdictSetsOffWhatTheTableSays(Verdict verdict) {
    List<HookKind> expected =
        switch (verdict) {
          case PASSED -> List.of(HookKind.ON_SUCCESS, HookKind.ON_FINISH);
          case FAILED, ERRORED, TIMED_OUT, REFUSED -> List.of(HookKind.ON_FAIL, HookKind.ON_FINISH);
          case CANCELLED -> List.of(HookKind.ON_FINISH);
          case SKIPPED -> List.of();
        };
    List<Hook> firing = SampleHooks.ALL.firing(Hooks.RUN, verdict);
    assertThat(firing.stream().map(Hook::kind).distinct()).isEqualTo(expected);
  }

  @Test
  void hooksOfAStepComeBeforeThoseOfTheRunAndTheOutcomeBeforeOnFinish() {
    Run run = RunMachineRows.in(RunStatus.RUNNING).withHooks(SampleHooks.ALL);
    Transition failed = RunMachine.apply(run, RunMachineRows.changed(2, 1), NOW);
    assertThat(failed.commands())
        .extracting(RunCommand::id)
        .containsExactly(
            "stop/" + RunMachineRows.ARN,
            "hook/1/on_fail/1",
            "hook/1/on_finish/1",
            "hook/0/on_fail/1",
            "hook/0/on_fail/2",
            "hook/0/on_finish/1");
  }

  @Test
  void aStepThatPassedHasItsHooksSentWhileTheRunGoesOn() {
    Run run = RunMachineRows.in(RunStatus.CONFIRMING).withHooks(SampleHooks.ALL);
    Transition passed = RunMachine.apply(run, RunMachineRows.CHECKED, NOW);
    assertThat(passed.next().status()).isEqualTo(RunStatus.CLEARING);
    assertThat(passed.commands())
        .extracting(RunCommand::id)
        .contains("hook/1/on_success/1", "hook/1/on_finish/1")
        .noneMatch(id -> id.startsWith("hook/0/"));
  }

  @Test
  void hooksInTheQueueKeepNeitherTheNextStepNorTheVerdictWaiting() {
    Run run =
        apply(
            RunMachineRows.in(RunStatus.CONFIRMING).withHooks(SampleHooks.ALL),
            RunMachineRows.CHECKED);
    Run next =
        apply(
            run, new RunEvent.TaskStateChanged(RunMachineRows.ending(StopCode.USER_INITIATED, 0)));
    assertThat(next.status()).isEqualTo(RunStatus.PREPARING);
    Run ended = apply(next, new StepPrepared(2, 1, List.of(), List.of()));
    assertThat(ended.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(ended.pending()).extracting(p -> p.command().id()).contains("hook/1/on_success/1");
  }

  @Test
  void aRunWithHooksToSendIsDueThoughItsVerdictStands() {
    assertThat(in(State.PENDING).times().nextCheckAt()).isEqualTo(NOW.plusSeconds(10));
    Run queued = in(State.QUEUED).withoutCommands(RunCommand.StopTask.class::isInstance);
    assertThat(Deadlines.nextCheck(queued, NOW)).isEqualTo(LOST);
    Run done = in(State.DELIVERED).withoutCommands(RunCommand.StopTask.class::isInstance);
    assertThat(Deadlines.nextCheck(done, NOW)).isNull();
  }

  @Test
  void aDeliveryThatIsLostOverAndOverIsGivenUpWithTheReason() {
    Run run = in(State.QUEUED);
    Instant now = NOW;
    for (int i = 0; i < HookOrder.MOST_QUEUED; i++) {
      assertThat(state(run)).isEqualTo(State.QUEUED);
      now = now.plus(HookOrder.SILENT);
      run = RunMachine.apply(run, new DeadlinePassed(), now).next();
      run = RunMachine.apply(run, new HookQueued(KEY), now).next();
    }
    assertThat(run.hooks().delivery(KEY).orElseThrow().detail())
        .isEqualTo("queued 3 times, and nothing was heard of it");
    assertThat(state(run)).isEqualTo(State.FAILED);
  }

  @Test
  void aRefusedRunHasItsHooksToSendFromTheStart() {
    Run refused = Run.refused(World.ID, "audition.yml", "no", NOW).withHooks(SampleHooks.ALL);
    assertThat(refused.pending())
        .extracting(p -> p.command().id())
        .containsExactly("hook/0/on_fail/1", "hook/0/on_fail/2", "hook/0/on_finish/1");
    assertThat(refused.times().nextCheckAt()).isEqualTo(NOW);
  }

  @Test
  void whatNobodyWillSendAnyMoreIsGivenUp() {
    Run given = in(State.QUEUED).withoutPendingHooks("killed", NOW.plus(Duration.ofHours(1)));
    assertThat(state(given)).isEqualTo(State.FAILED);
    assertThat(in(State.DELIVERED).withoutPendingHooks("killed", NOW).hooks())
        .isEqualTo(in(State.DELIVERED).hooks());
  }

  @Test
  void theIdOfADeliveryNamesRunStepKindAndNumberAndIsReadBack() {
    assertThat(KEY.id()).isEqualTo("run-1/0/on_fail/1");
    assertThat(HookKey.parse(KEY.id())).contains(KEY);
    assertThat(
            Stream.of("", "run-1", "run-1/0/on_love/1", "run-1/-1/on_fail/1", "R/0/on_fail/1")
                .map(HookKey::parse)
                .flatMap(Optional::stream))
        .isEmpty();
  }
}
