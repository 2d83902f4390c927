package dev.audition.core.run;

import dev.audition.core.hook.Hooks;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.InMemoryRunStore;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.ScriptedHooks;
import dev.audition.core.testkit.ScriptedHooks.Letter;
import dev.audition.core.testkit.ScriptedPreparation;
import dev.audition.core.testkit.ScriptedTaskRuntime;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run in a world of fakes, where everything happens in the caller's thread. */
final class World {
  static final RunId ID = new RunId("run-1");

  /** How often what is overdue is looked at. */
  private static final Duration SWEEP = Duration.ofSeconds(30);

  /** Whether every event is lost, so that only sweeps find anything out. */
  boolean deaf;

  final ManualClock clock = new ManualClock();
  final ScriptedTaskRuntime runtime = new ScriptedTaskRuntime(clock);
  final ScriptedPreparation preparation = new ScriptedPreparation();
  final InMemoryRunStore store = new InMemoryRunStore();
  final List<Progress> progress = new ArrayList<>();
  final List<StepSettings> steps = new ArrayList<>();
  final ScriptedHooks hooks = new ScriptedHooks(clock);
  final RunPorts ports = new RunPorts(store, runtime, preparation, hooks);
  private InterruptedPorts interrupted = new InterruptedPorts(ports, hooks, 0, () -> {});
  RunService service = serviceOn(ports);
  HookService hookService = new HookService(store, hooks, clock, progress::add);

  /** The hooks of the run. */
  Hooks defined = Hooks.NONE;

  @Nullable Duration timeout;

  /** Add a step of one task. */
  World step(TaskDefinition definition, String... candidates) {
    return step(StepKinds.composition(steps.size() + 1, candidates), definition);
  }

  World step(StepSettings settings, TaskDefinition... definitions) {
    steps.add(settings);
    preparation.step(settings.number(), definitions);
    return this;
  }

  private RunService serviceOn(RunPorts on) {
    return new RunService(on, clock, Runnable::run, progress::add);
  }

  /** Let something happen once, at a point of the calls to the ports. */
  World at(int point, Runnable action) {
    interrupted = new InterruptedPorts(ports, hooks, point, action);
    service = serviceOn(interrupted.wrapped());
    hookService = new HookService(interrupted, interrupted, clock, progress::add);
    return this;
  }

  boolean interrupted() {
    return interrupted.happened();
  }

  /** Return another process's service over the same world. */
  RunService elsewhere() {
    return serviceOn(ports);
  }

  /** Do something as a message does it: if the process dies, another one does it again. */
  private void survive(Runnable message) {
    try {
      message.run();
    } catch (InterruptedPorts.Death _) {
      service = serviceOn(ports);
      hookService = new HookService(store, hooks, clock, progress::add);
      message.run();
    }
  }

  Run start() {
    Run run = Run.of(ID, "audition.yml", timeout, steps, clock.instant()).withHooks(defined);
    survive(() -> service.start(run));
    return run();
  }

  /** Start, and go on until the verdict stands and nothing runs any more. */
  Run play() {
    start();
    return settle();
  }

  /** Deliver events in order, let time pass, until nothing is left to happen. */
  Run settle() {
    for (int i = 0; i < 1000; i++) {
      deliver();
      if (run().times().nextCheckAt() == null
          && runtime.next().isEmpty()
          && hooks.next().isEmpty()) {
        return run();
      }
      moveOn();
    }
    throw new AssertionError("no end: " + run());
  }

  /** Take from the queue of hooks what is due, as its function does. */
  void deliverHooks() {
    for (Optional<Letter> letter = hooks.take(); letter.isPresent(); letter = hooks.take()) {
      Letter taken = letter.get();
      survive(
          () -> {
            switch (hookService.deliver(taken.key(), taken.received(), false)) {
              case HookService.Result.Done _ -> {}
              case HookService.Result.Again again -> hooks.giveAgain(taken, again.after());
              case HookService.Result.GivenUp _ -> hooks.bury(taken);
            }
          });
    }
  }

  /** Deliver the events that nobody took. */
  void deliver() {
    for (List<TaskDescription> events = runtime.takeEvents();
        !events.isEmpty();
        events = runtime.takeEvents()) {
      if (!deaf) {
        events.forEach(event -> survive(() -> service.taskChanged(event)));
      }
    }
    deliverHooks();
  }

  /** Go to the next moment at which anything happens, or is due. */
  private void moveOn() {
    Duration next =
        runtime.next().map(time -> Duration.between(clock.instant(), time)).orElse(SWEEP);
    var check = run().times().nextCheckAt();
    if (check != null) {
      Duration due = Duration.between(clock.instant(), check);
      next = due.compareTo(next) < 0 ? due : next;
    }
    if (hooks.next().isPresent()) {
      Duration due = Duration.between(clock.instant(), hooks.next().get());
      next = due.compareTo(next) < 0 ? due : next;
    }
    runtime.advance(next.isNegative() || next.isZero() ? SWEEP : next);
    deliver();
    survive(() -> service.sweep(clock.instant()));
  }

  /** Let time pass, delivering what happens as it happens. */
  void pass(Duration time) {
    var end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      Duration left = Duration.between(clock.instant(), end);
      Duration next = runtime.next().map(t -> Duration.between(clock.instant(), t)).orElse(left);
      runtime.advance(next.compareTo(left) < 0 ? next : left);
      deliver();
    }
  }

  Run run() {
    return store.load(ID).orElseThrow();
  }

  @Nullable Verdict verdict() {
    return run().verdict();
  }

  RunReport report() {
    return RunReports.report(run(), List.of(), clock.instant());
  }

  /** Return the report on a container, candidate or service. */
  RunReport.ContainerReport container(String name) {
    return report().steps().stream()
        .flatMap(step -> Stream.concat(step.candidates().stream(), step.services().stream()))
        .filter(container -> container.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
