package dev.audition.handlers.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What is to go wrong, on demand: the next calls of an operation, or a share of all calls. */
public final class Faults {
  /** One thing that goes wrong with one call. */
  public sealed interface Fault {
    /** The call is answered with {@code ThrottlingException}. */
    record Throttled() implements Fault {}

    /** The call is answered with HTTP 500 and nothing is done. */
    record ServerError() implements Fault {}

    /** The connection ends before anything is done. */
    record Dropped() implements Fault {}

    /** Everything is done, and the connection ends without an answer. */
    record NotAnswered() implements Fault {}

    /** Nothing is done, and the call is answered with this error. */
    record Refused(String type, String message) implements Fault {}

    /** RunTask is answered with HTTP 200 and this in {@code failures}. */
    record Failure(String reason) implements Fault {
      /** There is no capacity at the moment. */
      public static final Failure CAPACITY =
          new Failure(
              "Capacity is unavailable at this time. Please try again later or in a different"
                  + " availability zone");

      /** The account's quota is reached. */
      public static final Failure QUOTA =
          new Failure("You've reached the limit on the number of vCPUs you can run concurrently");
    }

    /** DescribeTasks and ListTasks do not see any task yet. */
    record NotSeenYet() implements Fault {}
  }

  private final Map<String, Deque<Fault>> next = new HashMap<>();
  private List<Fault> kinds = List.of();
  private double share;
  private @Nullable Random random;

  /** Let this go wrong with the next calls of an operation, one fault each. */
  public synchronized void next(String operation, Fault... faults) {
    next.computeIfAbsent(operation, _ -> new ArrayDeque<>()).addAll(List.of(faults));
  }

  /** Let this share of all calls go wrong, in one of these ways each. */
  public synchronized void share(long seed, double of, Fault... faults) {
    random = new Random(seed);
    share = of;
    kinds = List.of(faults);
  }

  /** Let nothing go wrong any more. */
  public synchronized void none() {
    next.clear();
    share = 0;
  }

  synchronized Optional<Fault> take(String operation) {
    Deque<Fault> waiting = next.get(operation);
    if (waiting != null && !waiting.isEmpty()) {
      return Optional.of(waiting.removeFirst());
    }
    Random chance = random;
    return chance == null || kinds.isEmpty() || chance.nextDouble() >= share
        ? Optional.empty()
        : Optional.of(kinds.get(chance.nextInt(kinds.size())));
  }
}
