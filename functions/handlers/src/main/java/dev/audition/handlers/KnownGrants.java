package dev.audition.handlers;

import dev.audition.core.run.port.ProjectGrants;
import dev.audition.core.task.Grants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers for a minute what projects grant; what is taken back is gone after that. */
final class KnownGrants implements ProjectGrants {
  private static final Duration KNOWN = Duration.ofMinutes(1);

  /** Projects that one process sees are few; this only bounds what it keeps. */
  private static final int MOST_KEPT = 200;

  private record Known(Grants grants, Instant until) {}

  private final ProjectGrants asked;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  KnownGrants(ProjectGrants asked, InstantSource clock) {
    this.asked = asked;
    this.clock = clock;
  }

  @Override
  public Grants of(String project) {
    Known last = known.get(project);
    if (last != null && clock.instant().isBefore(last.until())) {
      return last.grants();
    }
    if (known.size() >= MOST_KEPT) {
      known.clear();
    }
    Grants grants = asked.of(project);
    known.put(project, new Known(grants, clock.instant().plus(KNOWN)));
    return grants;
  }
}
