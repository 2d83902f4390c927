package dev.audition.core.run.admission;

import dev.audition.core.run.CapacityPool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One decision about one pool; used once. */
final class PoolAdmission {
  /**
   * A project's next run in the order that is being made.
   *
   * @param held by the project, if all before it had begun
   */
  private record Place(int held, Claim claim, int index) {
    static final Comparator<Place> FIRST =
        Comparator.comparingInt(Place::held)
            .thenComparing(Place::claim, Claim.BY_AGE)
            .thenComparing(place -> place.claim().project());
  }

  private final Map<String, List<Claim>> lines = new HashMap<>();
  private final Set<String> whole = new HashSet<>();
  private final int allowed;
  private PoolState state;

  PoolAdmission(
      PoolState state, CapacityPool pool, Map<Line, List<Claim>> fronts, int allowedUnits) {
    this.state = state;
    this.allowed = allowedUnits;
    fronts.forEach(
        (line, claims) -> {
          if (line.pool() == pool) {
            lines.put(
                line.project(), new ArrayList<>(claims.stream().sorted(Claim.BY_AGE).toList()));
            if (claims.size() < Admission.WINDOW) {
              whole.add(line.project());
            }
          }
        });
  }

  private List<Claim> line(String project) {
    return Objects.requireNonNull(lines.get(project));
  }

  /** Admit as many as fit, at most so many. */
  List<Claim> admit(int most, Instant now) {
    if (lines.isEmpty()) {
      return List.of(); // nothing was read, because nothing is free or nobody waits
    }
    forgetTurnThatIsGone();
    List<Claim> admitted = new ArrayList<>();
    while (admitted.size() < most) {
      Optional<Claim> next = next(now);
      if (next.isEmpty()) {
        break;
      }
      admitted.add(next.get());
      line(next.get().project()).remove(next.get());
      state = state.plus(next.get());
    }
    return admitted;
  }

  /** Return the state afterwards; lines that were read whole and are empty are forgotten. */
  PoolState result(int quota) {
    TreeSet<String> empty = new TreeSet<>();
    whole.stream().filter(project -> line(project).isEmpty()).forEach(empty::add);
    LearnedLimit learned = state.learned();
    boolean grown = learned != null && allowed >= quota;
    return state.withoutWaiting(empty).withLearned(grown ? null : learned);
  }

  /** It was withdrawn, or can no longer be had at all. Its line is among those that are read. */
  private void forgetTurnThatIsGone() {
    Turn turn = state.turn();
    if (turn == null) {
      return;
    }
    List<Claim> line = lines.get(turn.claim().project());
    boolean gone = line == null || !line.contains(turn.claim());
    if (gone || turn.claim().cpuUnits() > allowed) {
      state = state.withTurn(null);
    }
  }

  private Optional<Claim> next(Instant now) {
    List<Claim> order = order(Admission.WINDOW);
    if (order.isEmpty()) {
      return Optional.empty();
    }
    Claim first = order.getFirst();
    int free = allowed - state.inUse();
    Turn turn = state.turn();
    Claim chosen;
    if (turn != null && turn.fitsFirst(now) && first.cpuUnits() <= free) {
      chosen = first;
    } else if (turn != null && turn.reserves(now)) {
      chosen = largest(order.stream().filter(c -> mayPass(c, turn)).toList(), free);
    } else {
      Claim best = largest(order, free);
      chosen = best == null ? largest(order(Integer.MAX_VALUE), free) : best;
    }
    remember(first, chosen, now);
    return Optional.ofNullable(chosen);
  }

  /**
   * Past a reservation go only runs of projects that hold nothing, up to the units that are kept.
   */
  private boolean mayPass(Claim claim, Turn turn) {
    return state.heldBy(claim.project()) == 0
        && turn.passed() + claim.cpuUnits() <= turn.claim().cpuUnits();
  }

  private static @Nullable Claim largest(List<Claim> order, int free) {
    Claim largest = null;
    for (Claim claim : order) {
      boolean larger = largest == null || claim.cpuUnits() > largest.cpuUnits();
      if (claim.cpuUnits() <= free && larger) {
        largest = claim;
      }
    }
    return largest;
  }

  private void remember(Claim first, @Nullable Claim chosen, Instant now) {
    Turn turn = state.turn();
    if (first.equals(chosen)) {
      state = state.withTurn(null);
    } else if (turn == null) {
      state = state.withTurn(new Turn(first, now, 0));
    } else if (chosen != null && turn.reserves(now)) {
      state = state.withTurn(turn.passedBy(chosen.cpuUnits()));
    }
  }

  /**
   * Return the next runs as if all fitted: whoever's turn it is, then always the project that holds
   * least. What is larger than all that may be used is passed over.
   */
  List<Claim> order(int most) {
    Map<String, Integer> held = new HashMap<>(state.held());
    List<Claim> order = new ArrayList<>();
    Turn turn = state.turn();
    if (turn != null) {
      order.add(turn.claim());
      held.merge(turn.claim().project(), turn.claim().cpuUnits(), Integer::sum);
    }
    PriorityQueue<Place> places = new PriorityQueue<>(Place.FIRST);
    lines.values().forEach(line -> place(line, 0, held).ifPresent(places::add));
    while (order.size() < most && !places.isEmpty()) {
      Place place = places.remove();
      Claim claim = place.claim();
      if (turn == null || !claim.equals(turn.claim())) {
        order.add(claim);
        held.merge(claim.project(), claim.cpuUnits(), Integer::sum);
      }
      place(line(claim.project()), place.index() + 1, held).ifPresent(places::add);
    }
    return order;
  }

  private Optional<Place> place(List<Claim> line, int from, Map<String, Integer> held) {
    for (int i = from; i < line.size(); i++) {
      Claim claim = line.get(i);
      if (claim.cpuUnits() <= allowed) {
        return Optional.of(new Place(held.getOrDefault(claim.project(), 0), claim, i));
      }
    }
    return Optional.empty();
  }
}
