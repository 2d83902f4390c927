package dev.audition.core.run;

import dev.audition.core.hook.Hooks;
import dev.audition.core.plan.Plan;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run and decides what happens next.
 *
 * @param version grows by one with every commit; 0 before the first
 * @param file what it runs, as shown to the user
 * @param timeout of the whole run, counted from its start; null for none
 * @param verdict null until it has ended
 * @param interruption what was said to the run as a whole; null if nothing was
 * @param pending commands without an answer, oldest first
 * @param warnings that came up while it was prepared
 * @param hooks what is sent and put on record with its verdicts
 * @param ticket what it waits for before it begins; null if it need not wait
 */
public record Run(
    RunId id,
    long version,
    String file,
    @Nullable Duration timeout,
    RunStatus status,
    Times times,
    List<StepState> steps,
    @Nullable Verdict verdict,
    @Nullable Interruption interruption,
    List<PendingCommand> pending,
    List<String> warnings,
    List<Moment> moments,
    RunHooks hooks,
    @Nullable Ticket ticket) {
  /** A run that goes wrong over and over must not grow without bound. */
  private static final int MOST_MOMENTS = 200;

  /**
   * Moments of a run.
   *
   * @param startedAt null while it is queued
   * @param endedAt null until its verdict
   * @param nextCheckAt when somebody must look after it, should nothing be heard before; null if it
   *     needs nothing any more
   */
  public record Times(
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable Instant nextCheckAt) {}

  public Run {
    steps = List.copyOf(steps);
    pending = List.copyOf(pending);
    warnings = List.copyOf(warnings);
    moments = List.copyOf(moments);
  }

  /**
   * Return a run of plans of which none refuses.
   *
   * @param plans in order, numbered from 1
   */
  public static Run queued(
      RunId id, String file, @Nullable Duration timeout, List<Plan> plans, Instant now) {
    return of(id, file, timeout, plans.stream().map(StepSettings::of).toList(), now);
  }

  /** Return a run of steps. */
  public static Run of(
      RunId id, String file, @Nullable Duration timeout, List<StepSettings> steps, Instant now) {
    return new Run(
        id,
        0,
        file,
        timeout,
        RunStatus.QUEUED,
        new Times(now, null, null, now),
        steps.stream().map(StepState::waiting).toList(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        RunHooks.NONE,
        null);
  }

  /** Return this, to begin when its ticket is called. */
  public Run waitingWith(Ticket called) {
    Draft draft = new Draft(this);
    draft.ticket = called;
    return draft.run().withNextCheckAt(called.until(times.createdAt()));
  }

  /** Return a run that was refused before anything of it was started. */
  public static Run refused(RunId id, String file, String paragraph, Instant now) {
    return new Run(
        id,
        0,
        file,
        null,
        RunStatus.ENDED,
        new Times(now, now, now, null),
        List.of(),
        Verdict.REFUSED,
        new Interruption(Verdict.REFUSED, paragraph, now),
        List.of(),
        List.of(),
        List.of(),
        RunHooks.NONE,
        null);
  }

  /**
   * Return this with the hooks its file has; where there is a verdict already, they are set off.
   * For a run that has none yet.
   */
  public Run withHooks(Hooks defined) {
    return HookOrder.settle(with(new RunHooks(defined, hooks.deliveries())), times.createdAt())
        .dueForItsHooks();
  }

  private Run dueForItsHooks() {
    return status.terminal() && !pending.isEmpty() ? withNextCheckAt(times.createdAt()) : this;
  }

  /** Return this with every hook given up that is on its way or would be. */
  public Run withoutPendingHooks(String why, Instant now) {
    return HookOrder.abandoned(this, why, now);
  }

  /** Return the step that is under way. */
  public Optional<StepState> currentStep() {
    return steps.stream().filter(StepState::current).findFirst();
  }

  /** Find a step by its number. */
  public Optional<StepState> step(int number) {
    return steps.stream().filter(step -> step.number() == number).findFirst();
  }

  /** Return when the whole run must have ended; null if it need not. */
  public @Nullable Instant deadline() {
    Instant from = times.startedAt();
    return timeout == null || from == null ? null : from.plus(timeout);
  }

  /** Return whether its verdict stands and nothing of it runs any more, or will. */
  public boolean over() {
    return status.terminal() && StepOrder.cleared(this);
  }

  boolean isPending(String commandId) {
    return pending.stream().anyMatch(p -> p.command().id().equals(commandId));
  }

  boolean launchPending(TaskKey key) {
    return pending.stream()
        .anyMatch(
            p -> p.command() instanceof RunCommand.LaunchTask launch && launch.key().equals(key));
  }

  /** Return this at another version. */
  public Run withVersion(long other) {
    Draft draft = new Draft(this);
    draft.version = other;
    return draft.run();
  }

  Run withStatus(RunStatus other) {
    Draft draft = new Draft(this);
    draft.status = other;
    return draft.run();
  }

  Run withNextCheckAt(@Nullable Instant time) {
    return with(new Times(times.createdAt(), times.startedAt(), times.endedAt(), time));
  }

  Run started(Instant now) {
    return with(new Times(times.createdAt(), now, null, now));
  }

  Run ended(Verdict result, Instant now) {
    Instant from = times.startedAt() == null ? now : times.startedAt();
    Draft draft = new Draft(this);
    draft.status = RunStatus.ENDED;
    draft.times = new Times(times.createdAt(), from, now, null);
    draft.verdict = result;
    return draft.run();
  }

  Run interrupted(Interruption by) {
    Draft draft = new Draft(this);
    draft.interruption = by;
    return draft.run();
  }

  Run with(StepState step) {
    List<StepState> changed = new ArrayList<>(steps);
    changed.replaceAll(known -> known.number() == step.number() ? step : known);
    Draft draft = new Draft(this);
    draft.steps = changed;
    return draft.run();
  }

  Run with(HookDelivery delivery) {
    return with(hooks.with(delivery, id));
  }

  private Run with(RunHooks other) {
    Draft draft = new Draft(this);
    draft.hooks = other;
    return draft.run();
  }

  /** Return this with a command to do; the same if it is pending already. */
  Run command(RunCommand command, Instant now) {
    if (isPending(command.id())) {
      return this;
    }
    List<PendingCommand> changed = new ArrayList<>(pending);
    changed.add(new PendingCommand(command, now));
    return withPending(changed);
  }

  Run withoutCommands(Predicate<RunCommand> which) {
    return withPending(pending.stream().filter(p -> !which.test(p.command())).toList());
  }

  Run warned(List<String> more) {
    List<String> changed = new ArrayList<>(warnings);
    more.stream().filter(warning -> !warnings.contains(warning)).forEach(changed::add);
    Draft draft = new Draft(this);
    draft.warnings = changed;
    return draft.run();
  }

  Run told(Instant now, String subject, String event) {
    if (moments.size() >= MOST_MOMENTS) {
      return this;
    }
    List<Moment> changed = new ArrayList<>(moments);
    changed.add(new Moment(now, subject, event));
    Draft draft = new Draft(this);
    draft.moments = changed;
    return draft.run();
  }

  private Run withPending(List<PendingCommand> other) {
    Draft draft = new Draft(this);
    draft.pending = other;
    return draft.run();
  }

  private Run with(Times other) {
    Draft draft = new Draft(this);
    draft.times = other;
    return draft.run();
  }

  /** This with another value here and there; it becomes a run again at once. */
  private static final class Draft {
    private final Run from;
    private long version;
    private RunStatus status;
    private Times times;
    private List<StepState> steps;
    private @Nullable Verdict verdict;
    private @Nullable Interruption interruption;
    private List<PendingCommand> pending;
    private List<String> warnings;
    private List<Moment> moments;
    private RunHooks hooks;
    private @Nullable Ticket ticket;

    Draft(Run from) {
      this.from = from;
      version = from.version;
      status = from.status;
      times = from.times;
      steps = from.steps;
      verdict = from.verdict;
      interruption = from.interruption;
      pending = from.pending;
      warnings = from.warnings;
      moments = from.moments;
      hooks = from.hooks;
      ticket = from.ticket;
    }

    Run run() {
      return new Run(
          from.id,
          version,
          from.file,
          from.timeout,
          status,
          times,
          steps,
          verdict,
          interruption,
          pending,
          warnings,
          moments,
          hooks,
          ticket);
    }
  }
}
