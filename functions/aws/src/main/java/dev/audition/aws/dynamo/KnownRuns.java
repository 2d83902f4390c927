package dev.audition.aws.dynamo;

import dev.audition.aws.dynamo.RunItems.Settled;
import dev.audition.core.run.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the table is known to hold of the runs seen last, so that a commit after a load need not
 * read again. Being wrong costs a lost race: each entry is for one version, and a commit stores
 * nothing if the table has another.
 */
final class KnownRuns {
  private static final int MOST = 64;

  /** The texts that are stored with a version, and how much has items of its own. */
  record Known(long version, List<String> texts, Settled settled) {}

  private final Map<RunId, Known> known =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Known> eldest) {
          return size() > MOST;
        }
      };

  synchronized void put(RunId id, Known seen) {
    known.put(id, seen);
  }

  synchronized Optional<Known> at(RunId id, long version) {
    return Optional.ofNullable(known.get(id)).filter(seen -> seen.version() == version);
  }
}
