package dev.audition.core.run.admission;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunEvent;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunService;
import dev.audition.core.run.RunStatus;
import dev.audition.core.run.port.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Brings runs from their request to their start, and gives back what they held. Call it at every
 * request, after every change of a task, and in every sweep.
 */
public final class RunQueue {
  /** A function that admitted a run has begun it by then, or died. */
  static final Duration BEGUN_WITHIN = Duration.ofMinutes(1);

  /** A request comes back this long after the function that took it died, at the latest. */
  static final Duration STORED_WITHIN = Duration.ofHours(1);

  /** How many admitted runs one sweep looks at; the others come first in the next ones. */
  private static final int MOST_LOOKED_AT = 100;

  private final AdmissionService admission;
  private final RunStore store;
  private final RunService runs;
  private final InstantSource clock;
  private final Executor executor;
  private final BooleanSupplier hasTime;

  /**
   * Make one.
   *
   * @param executor begins admitted runs, which takes a second or so each
   * @param hasTime whether there is time to begin another; what was admitted and is not begun is
   *     begun by a sweep
   */
  public RunQueue(
      AdmissionService admission,
      RunStore store,
      RunService runs,
      InstantSource clock,
      Executor executor,
      BooleanSupplier hasTime) {
    this.admission = admission;
    this.store = store;
    this.runs = runs;
    this.clock = clock;
    this.executor = executor;
    this.hasTime = hasTime;
  }

  /**
   * Take a run: put it in line, then store it, then begin whoever may. In this order, so that no
   * stored run is ever forgotten; the same request again does no harm.
   *
   * @param run queued, with a ticket
   * @return the runs that begin now, of whatever request
   */
  public List<RunId> submit(Run run) {
    Optional<Run> known = store.load(run.id());
    if (known.isPresent() && known.get().status() != RunStatus.QUEUED) {
      return List.of();
    }
    admission.enqueue(known.orElse(run));
    store.create(run);
    SequencedSet<RunId> toBegin = new LinkedHashSet<>();
    if (admission.holds(run.id())) {
      toBegin.add(run.id()); // somebody let it in before it was stored, and could not begin it
    }
    toBegin.addAll(admission.admit());
    begin(toBegin);
    return List.copyOf(toBegin);
  }

  /**
   * Look at runs that changed: what is over gives back what it held, what was cancelled leaves its
   * line, and whoever may begin begins.
   *
   * @return the runs that begin now
   */
  public List<RunId> changed(Collection<Run> changed) {
    changed.stream()
        .filter(run -> run.status().terminal() && neverBegan(run))
        .forEach(admission::withdraw);
    List<RunId> over =
        changed.stream().filter(run -> run.ticket() != null && run.over()).map(Run::id).toList();
    List<RunId> admitted = admission.releaseAndAdmit(over);
    begin(admitted);
    return admitted;
  }

  private static boolean neverBegan(Run run) {
    return run.steps().stream().allMatch(step -> step.times().startedAt() == null);
  }

  /**
   * Begin what was admitted and did not begin, release what is over and was not released, look
   * after what has ended and may still run, and admit whoever may begin.
   *
   * @return the runs that begin now
   */
  public List<RunId> sweep() {
    Instant now = clock.instant();
    SequencedSet<RunId> toBegin = new LinkedHashSet<>();
    SequencedSet<RunId> over = new LinkedHashSet<>();
    for (AdmittedRun admitted : someOf(admission.reconciled(), now)) {
      if (now.isBefore(admitted.at().plus(BEGUN_WITHIN))) {
        continue;
      }
      Optional<Run> run = store.load(admitted.run());
      if (run.isEmpty()) {
        if (!now.isBefore(admitted.at().plus(STORED_WITHIN))) {
          over.add(admitted.run());
        }
      } else if (run.get().status() == RunStatus.QUEUED) {
        toBegin.add(admitted.run());
      } else if (settled(run.get()).over()) {
        over.add(admitted.run());
      }
    }
    toBegin.addAll(admission.releaseAndAdmit(over));
    begin(toBegin);
    return List.copyOf(toBegin);
  }

  /** Nobody else asks for the tasks of a run whose verdict stands. */
  private Run settled(Run run) {
    return run.status().terminal() && !run.over() ? runs.check(run.id()) : run;
  }

  /** Each minute another part of them. */
  private static List<AdmittedRun> someOf(List<AdmittedRun> admitted, Instant now) {
    int parts = Math.ceilDiv(admitted.size(), MOST_LOOKED_AT);
    long minute = now.getEpochSecond() / 60;
    return parts <= 1
        ? admitted
        : admitted.stream()
            .filter(run -> Math.floorMod(run.run().value().hashCode() - minute, parts) == 0)
            .toList();
  }

  private void begin(Collection<RunId> admitted) {
    for (RunId id : admitted) {
      if (hasTime.getAsBoolean()) {
        executor.execute(() -> begin(id));
      }
    }
  }

  /** One that is not stored yet begins when it is, or by a sweep. */
  private void begin(RunId id) {
    if (store.load(id).isEmpty()) {
      return;
    }
    Run run = runs.handle(id, new RunEvent.Started());
    if (run.over()) {
      changed(List.of(run)); // it was cancelled while it waited: the next one may begin
    }
  }
}
