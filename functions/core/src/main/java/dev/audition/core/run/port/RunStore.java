package dev.audition.core.run.port;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps runs. What {@link #load} returns is never older than the last successful {@link #create} or
 * {@link #commit}.
 */
public interface RunStore {
  /** Store a new run; return false, and store nothing, if there is one of that id. */
  boolean create(Run run);

  /** Load a run; empty if there is none. */
  Optional<Run> load(RunId id);

  /**
   * Replace a run, if nobody else has since it was loaded.
   *
   * @param expectedVersion of the run as it was loaded
   * @return false, with nothing stored, if the stored run has another version or is not there
   */
  boolean commit(Run next, long expectedVersion);

  /** Return the runs whose next check is due, the longest due first. */
  List<RunId> active(Instant now);

  /** Return the newest runs by the time they were created, the newest first. */
  List<RunId> newest(int limit);

  /**
   * Keep a text of a run that never changes once written, such as its request or a plan; writing
   * the same name again replaces it with, it is taken for granted, the same.
   *
   * @param name letters, digits, {@code -}, {@code _} and {@code .}, not beginning with a dot
   */
  void putText(RunId id, String name, String text);

  /**
   * Keep a text of a run, unless one of that name is kept: of several that decide something for a
   * run at once, the first has decided it.
   *
   * @param name as for {@link #putText}
   * @return false, with nothing kept, if there is one of that name
   */
  boolean addText(RunId id, String name, String text);

  /** Find a text of a run. */
  Optional<String> text(RunId id, String name);
}
