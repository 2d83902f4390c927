package dev.audition.core.run.admission;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.Ticket;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a run takes of the account, waiting or admitted.
 *
 * @param cpuUnits all it needs at one time; 1024 are one vCPU
 * @param since when it came
 */
public record Claim(RunId run, String project, CapacityPool pool, int cpuUnits, Instant since) {
  /** The oldest first; of the same age in the order of their ids. */
  public static final Comparator<Claim> BY_AGE =
      Comparator.comparing(Claim::since).thenComparing(claim -> claim.run().value());

  /** Return a run's claim; empty if it has no ticket, so that it need not wait. */
  public static Optional<Claim> of(Run run) {
    Ticket ticket = run.ticket();
    return ticket == null
        ? Optional.empty()
        : Optional.of(
            new Claim(
                run.id(),
                ticket.project(),
                ticket.pool(),
                ticket.cpuUnits(),
                run.times().createdAt()));
  }

  /** Return the line it stands in. */
  public Line line() {
    return new Line(pool, project);
  }
}
