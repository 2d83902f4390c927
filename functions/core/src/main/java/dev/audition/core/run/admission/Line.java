package dev.audition.core.run.admission;

import dev.audition.core.run.CapacityPool;
import java.util.Comparator;

/** Where the runs of one project wait for one pool, the oldest first. */
public record Line(CapacityPool pool, String project) implements Comparable<Line> {
  private static final Comparator<Line> ORDER =
      Comparator.comparing(Line::pool).thenComparing(Line::project);

  @Override
  public int compareTo(Line other) {
    return ORDER.compare(this, other);
  }
}
