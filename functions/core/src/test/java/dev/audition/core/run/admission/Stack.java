package dev.audition.core.run.admission;

import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunService;
import dev.audition.core.run.StepSettings;
import dev.audition.core.run.Ticket;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.ContainerScript;
import dev.audition.core.testkit.InMemoryAdmissionStore;
import dev.audition.core.testkit.InMemoryRunStore;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.RunStoreContract;
import dev.audition.core.testkit.ScriptedPreparation;
import dev.audition.core.testkit.ScriptedTaskRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment in memory: messages come again until they are done with, sweeps come by the clock.
 */
final class Stack {
  /** Something a function is called for. */
  private interface Message {
    void handle(Functions functions);
  }

  /** What one process has. */
  private record Functions(RunService runs, RunQueue queue) {}

  static final Duration SWEEP = Duration.ofSeconds(60);
  static final Duration CANDIDATE = Duration.ofSeconds(40);

  final ManualClock clock = new ManualClock();
  final InMemoryRunStore store = new InMemoryRunStore();
  final InMemoryAdmissionStore admissionStore = new InMemoryAdmissionStore();
  final ScriptedTaskRuntime runtime = new ScriptedTaskRuntime(clock);
  final StepSettings step = RunStoreContract.STEP;
  final AdmissionService admission;
  private final ScriptedPreparation preparation =
      new ScriptedPreparation()
          .step(
              1,
              task()
                  .container("db")
                  .essential("tests", waits("db", ContainerCondition.HEALTHY))
                  .build());
  private int timeFor = Integer.MAX_VALUE;
  private final Quotas quotas;
  private final Deaths deaths;
  private final Deque<Message> messages = new ArrayDeque<>();
  private final List<RunId> ids = new ArrayList<>();
  private Functions functions;

  Stack(int vcpus, int deathAt) {
    runtime.script("tests", ContainerScript.exits(0, CANDIDATE));
    quotas = Quotas.ofVcpus(vcpus);
    deaths = new Deaths(deathAt);
    admission = new AdmissionService(admissionStore, quotas, clock, Backoff.NONE);
    functions =
        functions(
            deaths.around(RunStore.class, store),
            deaths.around(AdmissionStore.class, admissionStore),
            deaths.around(TaskRuntime.class, runtime));
  }

  private Functions functions(RunStore runStore, AdmissionStore admitted, TaskRuntime tasks) {
    AdmissionService service = new AdmissionService(admitted, quotas, clock, Backoff.NONE);
    RunService runs =
        new RunService(
            new RunPorts(runStore, new CapacityAwareRuntime(tasks, service), preparation),
            clock,
            Runnable::run,
            _ -> {});
    return new Functions(
        runs, new RunQueue(service, runStore, runs, clock, this::begin, () -> timeFor > 0));
  }

  private void begin(Runnable work) {
    work.run();
    timeFor--;
  }

  /** Let there be time to begin so many runs and no more. */
  void hasTimeFor(int runs) {
    timeFor = runs;
  }

  boolean died() {
    return deaths.happened();
  }

  RunId submit(String id, String project, int cpuUnits, @Nullable Duration patience) {
    Run run =
        Run.of(new RunId(id), "audition.yml", null, List.of(step), clock.instant())
            .waitingWith(new Ticket(project, CapacityPool.ON_DEMAND, cpuUnits, patience));
    ids.add(run.id());
    send(functions -> functions.queue().submit(run));
    return run.id();
  }

  void cancel(RunId id) {
    send(f -> f.queue().changed(List.of(f.runs().cancel(id, "ann", ""))));
  }

  void sweep() {
    send(
        f -> {
          for (RunId id : store.active(clock.instant())) {
            f.queue().changed(List.of(f.runs().check(id)));
          }
          f.queue().sweep();
        });
  }

  private void send(Message message) {
    messages.add(message);
    handleAll();
  }

  private void handleAll() {
    while (!messages.isEmpty()) {
      try {
        messages.getFirst().handle(functions);
        messages.removeFirst();
      } catch (Deaths.Death _) {
        functions = functions(store, admissionStore, runtime);
      }
    }
  }

  /** Deliver what happened, or lose it. */
  void deliver(boolean lost) {
    for (TaskDescription event : runtime.takeEvents()) {
      if (!lost) {
        send(f -> f.runs().taskChanged(event).ifPresent(run -> f.queue().changed(List.of(run))));
      }
    }
  }

  void pass(Duration time, boolean deaf) {
    var end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      runtime.advance(Duration.ofSeconds(10));
      deliver(deaf);
      if (clock.instant().getEpochSecond() % SWEEP.toSeconds() == 0) {
        sweep();
      }
    }
  }

  Run run(RunId id) {
    return store.load(id).orElseThrow();
  }

  List<Run> runs() {
    return ids.stream().map(this::run).toList();
  }
}
