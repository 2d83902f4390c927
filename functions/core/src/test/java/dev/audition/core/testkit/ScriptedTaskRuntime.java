package dev.audition.core.testkit;

import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * ECS in memory and in virtual time: dependsOn, essential, health, stop order, versions, with a
 * script of what each container does. It moves only when it is told to, and hands out its events to
 * whoever takes them, so that a test may reorder, repeat and lose them.
 */
public final class ScriptedTaskRuntime implements TaskRuntime {
  private record Ending(Duration after, StopCode code, String reason) {}

  private final ManualClock clock;
  private final Map<String, ContainerScript> scripts = new HashMap<>();
  private final Map<Integer, Ending> endings = new HashMap<>();
  private final Map<Integer, Duration> vanishings = new HashMap<>();
  private final Map<String, ScriptedTask> tasks = new LinkedHashMap<>();
  private final Map<String, TaskArn> tokens = new HashMap<>();
  private final Map<TaskArn, Integer> taken = new HashMap<>();
  private final Deque<LaunchAnswer.Refused> refusals = new ArrayDeque<>();
  private final List<Launch> launches = new ArrayList<>();
  private boolean marksDependents;
  private int unavailable;

  /** Make one that moves this clock. */
  public ScriptedTaskRuntime(ManualClock clock) {
    this.clock = clock;
  }

  /** Say what a container does; one without a script stays. */
  public ScriptedTaskRuntime script(String container, ContainerScript script) {
    scripts.put(container, script);
    return this;
  }

  /** Say what a container does at one attempt, whatever it does at the others. */
  public ScriptedTaskRuntime script(String container, int attempt, ContainerScript script) {
    scripts.put(container + "/" + attempt, script);
    return this;
  }

  /**
   * Mark containers whose dependency failed as stopped with exit code 143, as the ECS agent does.
   */
  public ScriptedTaskRuntime marksDependents() {
    marksDependents = true;
    return this;
  }

  /** Let somebody else end the tasks of an attempt, so long after their launch. */
  public ScriptedTaskRuntime endsTask(int attempt, Duration after, StopCode code, String reason) {
    endings.put(attempt, new Ending(after, code, reason));
    return this;
  }

  /** Let the tasks of an attempt vanish without a word, so long after their launch. */
  public ScriptedTaskRuntime losesTask(int attempt, Duration after) {
    vanishings.put(attempt, after);
    return this;
  }

  /** Refuse the next launch that no refusal waits for yet. */
  public ScriptedTaskRuntime refuses(RefusalKind kind, String reason) {
    refusals.add(new LaunchAnswer.Refused(kind, reason));
    return this;
  }

  /** Do not answer so many of the next calls. */
  public ScriptedTaskRuntime unavailable(int calls) {
    unavailable = calls;
    return this;
  }

  @Override
  public LaunchAnswer launch(Launch launch) {
    answer();
    TaskArn replayed = tokens.get(launch.clientToken());
    if (replayed != null) {
      return new LaunchAnswer.Launched(replayed);
    }
    if (!refusals.isEmpty()) {
      return refusals.remove();
    }
    TaskArn arn = new TaskArn("arn:test:task/" + (tasks.size() + 1));
    tokens.put(launch.clientToken(), arn);
    launches.add(launch);
    ScriptedTask task =
        new ScriptedTask(
            arn, launch.startedBy(), containers(launch), marksDependents, clock.instant());
    tasks.put(arn.value(), task);
    task.advance(clock.instant());
    return new LaunchAnswer.Launched(arn);
  }

  private List<ScriptedContainer> containers(Launch launch) {
    int attempt = attempt(launch.startedBy());
    return launch.definition().containers().stream()
        .map(
            definition ->
                new ScriptedContainer(
                    definition,
                    Stream.of(definition.name() + "/" + attempt, definition.name())
                        .map(scripts::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseGet(ContainerScript::stays)))
        .toList();
  }

  private static int attempt(String startedBy) {
    return Integer.parseInt(startedBy.substring(startedBy.lastIndexOf('/') + 1));
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    answer();
    ScriptedTask task = tasks.get(taskArn.value());
    if (task != null) {
      task.stop(StopCode.USER_INITIATED, reason, clock.instant());
    }
  }

  @Override
  public List<TaskDescription> describe(List<TaskArn> taskArns) {
    answer();
    return tasks.values().stream()
        .filter(task -> !task.vanished && taskArns.contains(task.arn))
        .map(ScriptedTask::latest)
        .toList();
  }

  @Override
  public List<TaskDescription> find(String startedBy) {
    answer();
    return tasks.values().stream()
        .filter(task -> !task.vanished && task.startedBy.equals(startedBy))
        .map(ScriptedTask::latest)
        .toList();
  }

  private void answer() {
    if (unavailable > 0) {
      unavailable--;
      throw new RuntimeUnavailableException("no answer", new IOException("timed out"));
    }
  }

  /** Take the events that nobody took yet, oldest first. */
  public List<TaskDescription> takeEvents() {
    List<TaskDescription> events = new ArrayList<>();
    for (ScriptedTask task : tasks.values()) {
      int from = taken.getOrDefault(task.arn, 0);
      events.addAll(task.history.subList(from, task.history.size()));
      taken.put(task.arn, task.history.size());
    }
    return events;
  }

  /** Return all events of all tasks so far. */
  public List<TaskDescription> history() {
    return tasks.values().stream().flatMap(task -> task.history.stream()).toList();
  }

  /** Return when something happens next by itself; empty if nothing does. */
  public Optional<Instant> next() {
    return tasks.values().stream()
        .flatMap(task -> Stream.concat(task.next(clock.instant()).stream(), outside(task)))
        .filter(time -> time.isAfter(clock.instant()))
        .min(Comparator.naturalOrder());
  }

  private Stream<Instant> outside(ScriptedTask task) {
    if (task.stopped() || task.vanished) {
      return Stream.empty();
    }
    Instant from = task.history.getFirst().createdAt();
    Ending ending = endings.get(attempt(task.startedBy));
    Duration vanishing = vanishings.get(attempt(task.startedBy));
    return Stream.concat(
        ending == null ? Stream.empty() : Stream.of(from.plus(ending.after())),
        vanishing == null ? Stream.empty() : Stream.of(from.plus(vanishing)));
  }

  /** Move the clock, through every moment at which something happens. */
  public void advance(Duration by) {
    Instant end = clock.instant().plus(by);
    for (Optional<Instant> next = next();
        next.isPresent() && !next.get().isAfter(end);
        next = next()) {
      clock.advanceTo(next.get());
      move();
    }
    clock.advanceTo(end);
  }

  private void move() {
    Instant now = clock.instant();
    for (ScriptedTask task : tasks.values()) {
      task.advance(now);
      Instant from = task.history.getFirst().createdAt();
      Ending ending = endings.get(attempt(task.startedBy));
      if (ending != null && !now.isBefore(from.plus(ending.after()))) {
        task.stop(ending.code(), ending.reason(), now);
      }
      Duration vanishing = vanishings.get(attempt(task.startedBy));
      task.vanished |= vanishing != null && !now.isBefore(from.plus(vanishing)) && !task.stopped();
    }
  }

  /** Return how many tasks were really launched for an attempt. */
  public long launchesOf(String startedBy) {
    return tasks.values().stream().filter(task -> task.startedBy.equals(startedBy)).count();
  }

  /** Return the attempts that were launched, in order, each as often as it was. */
  public List<String> launched() {
    return tasks.values().stream().map(task -> task.startedBy).toList();
  }

  /** Return what was launched, in order. */
  public List<Launch> launches() {
    return List.copyOf(launches);
  }

  /** Return the tasks that still run. */
  public List<TaskArn> alive() {
    return tasks.values().stream()
        .filter(task -> !task.stopped() && !task.vanished)
        .map(task -> task.arn)
        .toList();
  }

  /** Return the reason a task was stopped with; empty if it was not. */
  public String stoppedReason(TaskArn arn) {
    return Objects.requireNonNull(tasks.get(arn.value())).latest().stoppedReason();
  }
}
