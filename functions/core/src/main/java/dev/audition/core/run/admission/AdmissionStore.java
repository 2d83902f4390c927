package dev.audition.core.run.admission;

import dev.audition.core.run.RunId;
import java.util.List;
import java.util.Optional;

/**
 * Keeps who waits, who was admitted, and the state that is decided by. Everything it returns is as
 * new as the last change.
 */
public interface AdmissionStore {
  /**
   * What one commit changes beside the state.
   *
   * @param admitted they leave their lines
   * @param released they no longer hold anything
   */
  record Changes(List<AdmittedRun> admitted, List<RunId> released) {
    /** No run moves. */
    public static final Changes NONE = new Changes(List.of(), List.of());

    /** The most runs that one commit may move, both kinds together. */
    public static final int MOST = 45;

    public Changes {
      admitted = List.copyOf(admitted);
      released = List.copyOf(released);
      if (admitted.size() + released.size() > MOST) {
        throw new IllegalArgumentException(
            "changes: %d runs (expected: at most %d)"
                .formatted(admitted.size() + released.size(), MOST));
      }
    }
  }

  /** Load the state; {@link AdmissionState#EMPTY} before anything was stored. */
  AdmissionState load();

  /**
   * Put a run in its line, and name its line in the state, whose version grows.
   *
   * @return false, with nothing changed, if it waits or is admitted already
   */
  boolean enqueue(Claim claim);

  /** Take a run out of its line; one that is not there is none the worse for it. */
  void withdraw(Claim claim);

  /** Return the oldest claims of a line. */
  List<Claim> front(Line line, int limit);

  /** Find an admitted run. */
  Optional<AdmittedRun> admitted(RunId run);

  /** Return all admitted runs. */
  List<AdmittedRun> admitted();

  /**
   * Replace the state and move runs, all or nothing.
   *
   * @param expectedVersion of the state as it was loaded; the stored one is one higher then
   * @return false, with nothing changed, if the state has another version or a run to admit no
   *     longer waits
   */
  boolean commit(AdmissionState next, long expectedVersion, Changes changes);
}
