package dev.audition.local.keeper;

import com.github.dockerjava.api.model.Container;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.local.docker.DockerEngine;
import dev.audition.local.runtime.Labels;
import dev.audition.local.runtime.TaskRemoval;
import dev.audition.local.store.AbandonedRuns;
import dev.audition.local.store.FileRunStore;
import dev.audition.local.store.RunLease;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Removes, at the next start, what runs left behind that nobody looks after: their owner is dead
 * and so is their keeper, for instance because the machine was restarted.
 *
 * <p>Only runs of this store are touched: what others have in the same engine, from another machine
 * or of another user, is theirs.
 */
public final class Leftovers {
  /** Enough to look back at a week of work; more would be read at each {@code audition runs}. */
  private static final int RUNS_KEPT = 50;

  private Leftovers() {}

  /**
   * Remove what is left, end the records of those runs, and forget all but the newest 50 runs that
   * have ended. A run that somebody still looks after is left alone; of one that is kept only the
   * record is ended. Bounded by the longest stop of what is left, so that it is best done beside
   * the run that starts. Never throws for what the engine refuses or the disk cannot do: the next
   * start tries again.
   *
   * @return the runs that were cleaned up
   */
  public static List<RunId> remove(DockerEngine engine, FileRunStore store) {
    List<RunId> cleaned = new ArrayList<>();
    try {
      Set<String> present = present(engine);
      for (RunId id : store.ids()) {
        boolean left = present.contains(id.value()) && !store.kept(id);
        if ((left || unfinished(store, id)) && clean(engine, store, id, left)) {
          cleaned.add(id);
        }
      }
      store.prune(RUNS_KEPT);
    } catch (RuntimeException e) {
      // What matters of it the run that starts will meet too, and say. The engine's client throws
      // no type of its own when it is cut off.
    }
    return cleaned;
  }

  /** Return whether anything was removed; nothing is if somebody else holds the lease. */
  private static boolean clean(DockerEngine engine, FileRunStore store, RunId id, boolean left) {
    Optional<RunLease> lease = store.tryLease(id);
    if (lease.isEmpty()) {
      return false;
    }
    try (RunLease _ = lease.get()) {
      if (left) {
        new TaskRemoval(engine).removeRun(id.value());
      }
      AbandonedRuns.end(store, id, InstantSource.system().instant());
    }
    return left;
  }

  /** A folder without a document is that of a run that is about to begin. */
  private static boolean unfinished(FileRunStore store, RunId id) {
    return store
        .loadIfReadable(id)
        .map(Run::status)
        .map(status -> !status.terminal())
        .orElse(false);
  }

  private static Set<String> present(DockerEngine engine) {
    Set<String> runs = new HashSet<>();
    for (Container container :
        engine
            .client()
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(List.of(Labels.RUN))
            .exec()) {
      add(container.getLabels(), runs);
    }
    var volumes = engine.client().listVolumesCmd().withFilter("label", List.of(Labels.RUN)).exec();
    if (volumes.getVolumes() != null) {
      volumes.getVolumes().forEach(volume -> add(volume.getLabels(), runs));
    }
    return runs;
  }

  private static void add(Map<String, String> labels, Set<String> runs) {
    String run = labels.get(Labels.RUN);
    if (run != null) {
      runs.add(run);
    }
  }
}
