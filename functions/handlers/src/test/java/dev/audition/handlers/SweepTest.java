package dev.audition.handlers;

import static dev.audition.core.testkit.ContainerScript.exits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunService;
import dev.audition.core.run.port.ForwardingRunStore;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.TaskDefinitions;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SweepTest {
  private static final TaskDefinition TASK = TaskDefinitions.task().essential("tests").build();

  private final Deployment deployment = new Deployment().knows("acme/tests:1");
  private final List<TaskDescription> seen = new ArrayList<>();
  private final StrayTasks strays =
      new StrayTasks(() -> seen, deployment.store, deployment.tasks, deployment.log);
  private final Sweep sweep =
      new Sweep(
          deployment.store,
          deployment.runs,
          deployment.queue,
          strays,
          most -> 0,
          deployment.clock,
          deployment.log,
          deployment.metrics);

  private Sweep.Result sweep() {
    return sweep.sweep(deployment.clock.instant().plus(Duration.ofSeconds(40)));
  }

  private void ask(String id) {
    ask(id, 4);
  }

  private void ask(String id, int cpus) {
    deployment.requests.take(
        deployment.source(
            id,
            ", \"candidates\": [\"tests\"]",
            "compose.yml",
            "services: {tests: {image: 'acme/tests:1', cpus: %d}}".formatted(cpus)));
  }

  /** Launch behind the back of every run, and let the next list show it. */
  private void launched(String startedBy) {
    deployment.tasks.launch(new Launch(startedBy, "token of " + startedBy, TASK));
    seen.addAll(deployment.tasks.find(startedBy));
  }

  @Test
  void aRunIsBroughtToItsEndWithoutAnyEvent() {
    deployment.tasks.script("tests", exits(0, Duration.ofSeconds(5)));
    deployment.tasks.script("audition-stage", exits(0, Duration.ofSeconds(1)));
    deployment.tasks.script("audition-keeper", exits(0, Duration.ofSeconds(8)));
    ask("r-1");
    ask("r-2");
    for (int minute = 0; minute < 6; minute++) {
      deployment.tasks.advance(Duration.ofMinutes(1));
      assertThat(sweep().failed()).isZero();
    }
    assertThat(deployment.run("r-1").verdict()).isEqualTo(Verdict.PASSED);
    assertThat(deployment.run("r-2").verdict()).isEqualTo(Verdict.PASSED);
    assertThat(deployment.log()).contains("\"OldestPendingCommand\":0");
  }

  @Test
  void aTaskOfAWantedAttemptIsLeftAlone() {
    ask("r-1");
    seen.addAll(deployment.tasks.find("r-1/1/1/1"));
    assertThat(seen).hasSize(1);
    assertThat(sweep().strays()).isZero();
    assertThat(deployment.tasks.alive()).hasSize(1);
  }

  @Test
  void tasksThatNoRunWantsAreStopped() {
    ask("r-1");
    launched("r-1/1/1/7"); // an attempt that never was
    launched("r-9/1/1/1"); // a run that is not stored
    launched("r-1/1/1/1"); // a second task of the attempt
    launched("somebody/1");
    seen.removeAll(deployment.tasks.find("r-1/1/1/1").subList(0, 1));
    assertThat(sweep().strays()).isEqualTo(3);
    assertThat(deployment.log()).contains("stray: there is no run r-9");
  }

  @Test
  void tasksOfARunThatHasEndedAreStopped() {
    ask("r-1");
    Run cancelled = deployment.runs.cancel(new RunId("r-1"), "somebody", "");
    assertThat(cancelled.verdict()).isEqualTo(Verdict.CANCELLED);
    launched("r-1/1/1/2");
    assertThat(sweep().strays()).isEqualTo(1);
  }

  @Test
  void aPartThatFailsKeepsNoOtherWaiting() {
    ask("r-1");
    Sweep broken =
        new Sweep(
            deployment.store,
            deployment.runs,
            deployment.queue,
            new StrayTasks(
                () -> {
                  throw new IllegalStateException("no list");
                },
                deployment.store,
                deployment.tasks,
                deployment.log),
            _ -> {
              throw new IllegalStateException("no definitions");
            },
            deployment.clock,
            deployment.log,
            deployment.metrics);
    Sweep.Result result = broken.sweep(deployment.clock.instant().plus(Duration.ofSeconds(40)));
    assertThat(result.failed()).isEqualTo(2); // at midnight, the first minute of an hour
    assertThat(deployment.log()).contains("no list").contains("no definitions");
  }

  @Test
  void aSweepEndsInTimeAndSaysWhatIsLeft() {
    ask("r-1");
    deployment.clock.advance(Duration.ofMinutes(2));
    assertThat(sweep.sweep(deployment.clock.instant()).checked()).isZero();
    assertThat(deployment.log()).contains("more runs are due");
  }

  @Test
  void aRunThatTakesTheFunctionDownDoesNotDoSoBeforeAllOthersEveryMinute() {
    List<String> ids = List.of("r-1", "r-2", "r-3", "r-4");
    ids.forEach(id -> ask(id, 1));
    Set<RunId> looked = new HashSet<>();
    RunStore deadly =
        new ForwardingRunStore(deployment.stored) {
          @Override
          public Optional<Run> load(RunId id) {
            if (id.value().equals("r-1")) {
              throw new OutOfMemoryError("a run that is too much");
            }
            looked.add(id);
            return super.load(id);
          }
        };
    ObservedRunStore store =
        new ObservedRunStore(deadly, deployment.clock, deployment.log, deployment.metrics, _ -> {});
    Sweep dying =
        new Sweep(
            store,
            new RunService(
                new RunPorts(store, deployment.tasks, deployment.preparation),
                deployment.clock,
                Runnable::run,
                _ -> {}),
            deployment.queue,
            strays,
            most -> 0,
            deployment.clock,
            deployment.log,
            deployment.metrics);
    for (int minute = 0; minute < 15; minute++) {
      deployment.clock.advance(Duration.ofMinutes(1));
      assertThatThrownBy(() -> dying.sweep(deployment.clock.instant().plusSeconds(40)))
          .isInstanceOf(OutOfMemoryError.class);
    }
    assertThat(looked).extracting(RunId::value).containsExactlyInAnyOrder("r-2", "r-3", "r-4");
  }
}
