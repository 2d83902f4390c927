package dev.audition.core.run;

import dev.audition.core.run.RunCommits.Committed;
import dev.audition.core.run.RunEvent.CancelRequested;
import dev.audition.core.run.RunEvent.Checked;
import dev.audition.core.run.RunEvent.DeadlinePassed;
import dev.audition.core.run.RunEvent.Started;
import dev.audition.core.run.RunEvent.TaskStateChanged;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Brings runs forward: load, apply, commit, perform, commit the answer. The only caller of ports.
 *
 * <p>Whoever calls it may die at any point: the event comes back, or a check finds the run. Safe
 * for any number of threads and, through the store's versions, of processes. A command is performed
 * by at most one thread of a process at a time.
 */
public final class RunService {
  private final RunPorts ports;
  private final InstantSource clock;
  private final Executor executor;
  private final ProgressTeller teller;
  private final RunCommits commits;
  private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

  /**
   * Make one.
   *
   * @param executor performs commands, some of which take minutes; one that runs them in the
   *     caller's thread makes every method return when all that can be done is done
   * @param listener is told of progress; it must be quick and never throw
   */
  public RunService(
      RunPorts ports, InstantSource clock, Executor executor, Progress.Listener listener) {
    this.ports = ports;
    this.clock = clock;
    this.executor = executor;
    this.teller = new ProgressTeller(listener);
    this.commits = new RunCommits(ports.store(), clock, teller);
  }

  /** Store a run and begin it; for one that is stored already, go on with it. */
  public Run start(Run run) {
    ports.store().create(run);
    return handle(run.id(), new Started());
  }

  /** End a run; one that has ended stays as it is. */
  public Run cancel(RunId id, String by, String reason) {
    return handle(id, new CancelRequested(by, reason));
  }

  /**
   * Take a change of a task; a task that belongs to no stored run is ignored.
   *
   * @return the run as it is now
   */
  public Optional<Run> taskChanged(TaskDescription task) {
    Optional<Committed> committed =
        TaskKey.parse(task.startedBy())
            .map(TaskKey::run)
            .flatMap(run -> commits.commit(run, List.of(new TaskStateChanged(task))));
    committed.ifPresent(
        commit -> {
          teller.taskChanged(task, clock.instant());
          performAll(commit.run());
        });
    return committed.map(Committed::run);
  }

  /**
   * Take changes of tasks of one run: loaded once, applied in order, committed once.
   *
   * @return the run as it is now; empty if it is not stored
   */
  public Optional<Run> tasksChanged(RunId id, List<TaskDescription> tasks) {
    List<RunEvent> events = tasks.stream().<RunEvent>map(TaskStateChanged::new).toList();
    Optional<Run> run = commits.commit(id, events).map(Committed::run);
    run.ifPresent(this::performAll);
    return run;
  }

  /** Apply an event, commit, and perform what is pending. */
  public Run handle(RunId id, RunEvent event) {
    return handle(id, List.of(event));
  }

  /**
   * Apply events in order, commit once, and perform what is pending, whether these events asked for
   * it or earlier ones.
   *
   * @return the run as committed; with an executor of the caller's thread, its state after all that
   *     was performed is in the store
   * @throws IllegalArgumentException if there is no such run
   * @throws IllegalStateException if the store's version was lost to others over and over
   */
  public Run handle(RunId id, List<RunEvent> events) {
    Run run = commits.commit(id, events).orElseThrow(() -> unknown(id)).run();
    performAll(run);
    return run;
  }

  /**
   * Look after a run of which nothing was heard: describe its tasks, see whether a moment it waits
   * for is over, perform what is pending. Tasks are looked at first: what has ended in time counts,
   * however late that is seen.
   */
  public Run check(RunId id) {
    Run run = load(id);
    List<RunEvent> events = new ArrayList<>();
    for (StepState step : run.steps()) {
      checked(step).ifPresent(events::add);
    }
    if (Deadlines.due(run, clock.instant())) {
      events.add(new DeadlinePassed());
    }
    return handle(id, events);
  }

  /** Look after every run that is due. One that breaks does not keep the others waiting. */
  public void sweep(Instant now) {
    List<RuntimeException> broken = new ArrayList<>();
    for (RunId id : ports.store().active(now)) {
      tried(() -> check(id), broken);
    }
    if (!broken.isEmpty()) {
      RuntimeException first = broken.getFirst();
      broken.subList(1, broken.size()).forEach(first::addSuppressed);
      throw first;
    }
  }

  /** The outermost place that sees one run of a sweep: whatever breaks, the others are next. */
  private static void tried(Runnable check, List<RuntimeException> broken) {
    try {
      check.run();
    } catch (RuntimeException e) {
      broken.add(e);
    }
  }

  private Optional<RunEvent> checked(StepState step) {
    List<TaskArn> arns =
        step.tasks().stream()
            .filter(task -> !task.over())
            .map(TaskState::arn)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList();
    if (arns.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Checked(step.number(), arns, ports.runtime().describe(arns)));
    } catch (RuntimeUnavailableException _) {
      return Optional.empty(); // nothing is known, so nothing is concluded
    }
  }

  private Run load(RunId id) {
    return ports.store().load(id).orElseThrow(() -> unknown(id));
  }

  private static IllegalArgumentException unknown(RunId id) {
    return new IllegalArgumentException("run: %s (expected: a stored one)".formatted(id));
  }

  private void performAll(Run run) {
    run.pending().forEach(pending -> perform(run.id(), pending.command()));
  }

  /**
   * Perform a command, commit its answer, and perform what the answer asks for. Only what is new: a
   * command that breaks every time must not be tried without end.
   */
  private void perform(RunId id, RunCommand command) {
    String key = id + " " + command.id();
    if (!inFlight.add(key)) {
      return; // somebody is at it; it stays pending until they have an answer
    }
    try {
      executor.execute(() -> performAndAnswer(id, command, key));
    } catch (RejectedExecutionException _) {
      inFlight.remove(key); // this process is leaving; the command stays pending for the next one
    }
  }

  private void performAndAnswer(RunId id, RunCommand command, String key) {
    List<RunCommand> fresh;
    try {
      fresh =
          answer(id, command)
              .flatMap(event -> commits.commit(id, List.of(event)))
              .map(Committed::fresh)
              .orElse(List.of());
    } finally {
      inFlight.remove(key);
    }
    fresh.forEach(next -> perform(id, next));
  }

  /** Another thread may have performed it while this one waited for its turn. */
  private Optional<RunEvent> answer(RunId id, RunCommand command) {
    Run run = load(id);
    return run.pending().stream()
        .filter(pending -> pending.command().id().equals(command.id()))
        .findFirst()
        .flatMap(pending -> performNow(run, pending));
  }

  /** The outermost place that sees a command: whatever breaks must not leave the run waiting. */
  private Optional<RunEvent> performNow(Run run, PendingCommand pending) {
    try {
      return new CommandPerformer(ports).perform(run, pending, clock.instant());
    } catch (RuntimeUnavailableException _) {
      return Optional.empty(); // it stays pending: the next event or check asks again
    } catch (RuntimeException e) {
      return Optional.of(new RunEvent.CommandBroke(pending.command().id(), "a fault: " + e));
    }
  }
}
