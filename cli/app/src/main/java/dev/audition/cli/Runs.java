package dev.audition.cli;

import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.local.Auditions.CancelAnswer;
import dev.audition.local.RunSummary;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs that can be listed, looked at and ended: those of this machine, or of a deployment. */
interface Runs {
  /** Return them, the newest first. */
  List<RunSummary> list();

  /** Return their ids, the newest first. */
  List<RunId> ids();

  /** Return what to do where there are none yet, a sentence. */
  String howToBegin();

  /** Return what a list of none says. */
  String none();

  /** Return the command that lists them. */
  String howToList();

  /** Return what a run came to, or how far it is; empty if there is no such run. */
  Optional<RunReport> report(RunId run);

  /** Return the last lines of the container that explains a step's verdict; empty for none. */
  List<String> lastLines(RunId run, StepReport step, int most);

  /** Ask a run to end. */
  CancelAnswer cancel(RunId run);

  /**
   * Find the run that is meant.
   *
   * @param id a whole id, a part of one, or null for the last run
   * @throws UsageException if there is none, or several fit
   */
  default RunId find(@Nullable String id) {
    List<RunId> all = ids();
    if (all.isEmpty()) {
      throw new UsageException("there are no runs yet: " + howToBegin());
    }
    if (id == null) {
      return all.getFirst();
    }
    List<RunId> matching = all.stream().filter(run -> run.value().contains(id)).toList();
    List<RunId> exact = matching.stream().filter(run -> run.value().equals(id)).toList();
    if (exact.size() == 1 || matching.size() == 1) {
      return exact.isEmpty() ? matching.getFirst() : exact.getFirst();
    }
    if (matching.isEmpty()) {
      throw new UsageException("there is no run \"" + id + "\": `" + howToList() + "` lists them");
    }
    throw new UsageException(
        "\"" + id + "\" fits " + matching.size() + " runs: " + matching + "; give more of the id");
  }
}
