package dev.audition.local.store;

import dev.audition.core.run.Cause;
import dev.audition.core.run.Interruption;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunStatus;
import dev.audition.core.run.StepState;
import dev.audition.core.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends the records of runs whose owner is gone. Only the holder of a run's lease may do so: then
 * nobody else goes on with it.
 */
public final class AbandonedRuns {
  private static final String PARAGRAPH =
      "audition was killed, or its machine stopped, before the run had ended: nobody saw how it"
          + " would have ended. Run it again.";

  private static final String NOT_SENT = "audition was killed before it was sent";

  private AbandonedRuns() {}

  /**
   * End the record of a run: one without a verdict is ERRORED, and nothing is pending any more. A
   * run that has settled stays as it is.
   *
   * @return whether the run had no verdict before
   */
  public static boolean end(FileRunStore store, RunId id, Instant now) {
    while (true) {
      Run run = store.load(id).orElse(null);
      if (run == null || (run.status().terminal() && run.times().nextCheckAt() == null)) {
        return false;
      }
      boolean ended = run.status().terminal();
      Run next = (ended ? settled(run) : killed(run, now)).withoutPendingHooks(NOT_SENT, now);
      if (store.commit(next, run.version())) {
        return !ended;
      }
    }
  }

  private static Run settled(Run run) {
    Run.Times times = run.times();
    return ended(
        run,
        new Run.Times(times.createdAt(), times.startedAt(), times.endedAt(), null),
        run.steps(),
        run.verdict() == null ? Verdict.ERRORED : run.verdict(),
        run.interruption());
  }

  private static Run killed(Run run, Instant now) {
    Run.Times times = run.times();
    Instant from = times.startedAt() == null ? now : times.startedAt();
    return ended(
        run,
        new Run.Times(times.createdAt(), from, now, null),
        run.steps().stream().map(step -> killed(step, now)).toList(),
        Verdict.ERRORED,
        new Interruption(Verdict.ERRORED, PARAGRAPH, now));
  }

  private static StepState killed(StepState step, Instant now) {
    if (!step.current()) {
      return step;
    }
    StepState.Times times = step.times();
    return new StepState(
        step.settings(),
        step.preparation(),
        new StepState.Times(times.startedAt(), times.deadline(), null, now),
        step.tasks(),
        Verdict.ERRORED,
        new Cause(Cause.Kind.RUN, PARAGRAPH, null));
  }

  private static Run ended(
      Run run,
      Run.Times times,
      List<StepState> steps,
      Verdict verdict,
      @Nullable Interruption interruption) {
    return new Run(
        run.id(),
        run.version() + 1,
        run.file(),
        run.timeout(),
        RunStatus.ENDED,
        times,
        steps,
        verdict,
        interruption,
        List.of(),
        run.warnings(),
        run.moments(),
        run.hooks(),
        run.ticket());
  }
}
