package dev.audition.core.run;

import static dev.audition.core.run.RunMachineRows.ARN;
import static dev.audition.core.run.RunMachineRows.CANCEL;
import static dev.audition.core.run.RunMachineRows.DEADLINE;
import static dev.audition.core.run.RunMachineRows.LATE;
import static dev.audition.core.run.RunMachineRows.LAUNCHED;
import static dev.audition.core.run.RunMachineRows.NEXT_ATTEMPT;
import static dev.audition.core.run.RunMachineRows.NOW;
import static dev.audition.core.run.RunMachineRows.PREPARED;
import static dev.audition.core.run.RunMachineRows.REFUSED;
import static dev.audition.core.run.RunMachineRows.apply;
import static dev.audition.core.run.RunMachineRows.changed;
import static dev.audition.core.run.RunMachineRows.described;
import static dev.audition.core.run.RunMachineRows.failedToStart;
import static dev.audition.core.run.RunMachineRows.in;
import static dev.audition.core.run.RunStatus.CONFIRMING;
import static dev.audition.core.run.RunStatus.ENDED;
import static dev.audition.core.run.RunStatus.PREPARING;
import static dev.audition.core.run.RunStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunEvent.TaskStateChanged;
import dev.audition.core.run.RunMachineRows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of a status and an event: what becomes of the run, and what is to be done. */
final class RunMachineTest {
  static Stream<Row> rows() {
    return RunMachineRows.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowLeadsWhereItSays(Row row) {
    Run run = in(row.from());
    Transition transition = RunMachine.apply(run, row.event(), row.at());
    assertThat(transition.next().status()).isEqualTo(row.to());
    assertThat(transition.commands()).extracting(RunCommand::id).isEqualTo(row.commands());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anEventThatComesTwiceChangesNothingTheSecondTime(Row row) {
    Run once = RunMachine.apply(in(row.from()), row.event(), row.at()).next();
    Transition twice = RunMachine.apply(once, row.event(), row.at());
    assertThat(twice.next()).isEqualTo(once);
    assertThat(twice.commands()).isEmpty();
  }

  @Test
  void noPairOfAStatusAndAnEventIsLeftOut() {
    Set<String> tested =
        rows()
            .map(row -> row.from() + " " + row.event().getClass().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> pairs =
        Arrays.stream(RunStatus.values())
            .flatMap(
                status ->
                    Arrays.stream(RunEvent.class.getPermittedSubclasses())
                        .map(event -> status + " " + event.getSimpleName()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(tested).isEqualTo(pairs);
  }

  @Test
  void theDiagramInTheDocumentationIsCurrent() throws IOException {
    String diagram =
        rows()
            .filter(row -> row.from() != row.to())
            .map(
                row ->
                    "    %s --> %s: %s"
                        .formatted(row.from(), row.to(), row.event().getClass().getSimpleName()))
            .distinct()
            .collect(
                Collectors.joining(
                    "\n",
                    """
                    # The run machine

                    Written by `RunMachineTest` from the transitions it tests (`-Dgolden.update=true` rewrites it).

                    ```mermaid
                    stateDiagram-v2
                        [*] --> QUEUED
                    """,
                    "\n    ENDED --> [*]\n```\n"));
    Path file =
        Path.of(
            Objects.requireNonNull(System.getProperty("audition.project")), "docs/run-machine.md");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, diagram);
    }
    assertThat(file).hasContent(diagram);
  }

  @Test
  void aRefusedLaunchEndsTheStep() {
    Run run = apply(in(PREPARING), PREPARED);
    assertThat(apply(run, REFUSED).status()).isEqualTo(ENDED);
  }

  @Test
  void theFirstEventOfATaskSettlesItsLaunch() {
    Run run = apply(in(PREPARING), PREPARED);
    Run seen = apply(run, changed(1, null));
    assertThat(seen.pending()).isEmpty();
    assertThat(seen.steps().getFirst().tasks().getFirst().arn()).isEqualTo(ARN);
    assertThat(apply(seen, LAUNCHED)).isEqualTo(seen);
  }

  @Test
  void anOldVersionAddsItsExitCodeAndLeavesTheStatusesAlone() {
    Run run = apply(in(RUNNING), new TaskStateChanged(described(5, null)));
    Run next = apply(run, changed(4, 0));
    assertThat(next.status()).isEqualTo(CONFIRMING);
    assertThat(next.steps().getFirst().tasks().getFirst().seen().version()).isEqualTo(5);
  }

  @Test
  void aTaskOfAnEarlierAttemptThatStillRunsIsStopped() {
    Run run = apply(launched(), new TaskStateChanged(failedToStart()));
    assertThat(run.steps().getFirst().tasks().getFirst().attempt()).isEqualTo(2);
    Transition late = RunMachine.apply(run, changed(1, null), NOW);
    assertThat(late.commands()).extracting(RunCommand::id).containsExactly("stop/" + ARN);
  }

  @Test
  void anAttemptIsLaunchedAgainOnlyWhenItsTimeHasCome() {
    Run run = apply(launched(), new TaskStateChanged(failedToStart()));
    assertThat(run.pending()).isEmpty();
    assertThat(RunMachine.apply(run, DEADLINE, NOW).commands()).isEmpty();
    assertThat(RunMachine.apply(run, DEADLINE, NOW.plusSeconds(3)).commands())
        .containsExactly(new RunCommand.LaunchTask(NEXT_ATTEMPT, 1));
    assertThat(run.times().nextCheckAt()).isEqualTo(NOW.plusSeconds(3));
  }

  @Test
  void aCancelDuringTheWaitLaunchesNothingMore() {
    Run run = apply(launched(), new TaskStateChanged(failedToStart()));
    Run cancelled = apply(run, CANCEL);
    assertThat(cancelled.pending()).isEmpty();
    assertThat(RunMachine.apply(cancelled, DEADLINE, LATE).commands()).isEmpty();
    assertThat(cancelled.times().nextCheckAt()).isNull();
  }

  private static Run launched() {
    return apply(apply(in(PREPARING), PREPARED), LAUNCHED);
  }
}
