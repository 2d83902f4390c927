package dev.audition.local.runtime;

import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.HealthCheck;
import dev.audition.core.task.HealthStatus;
import dev.audition.local.runtime.ContainerExec.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Runs a container's health check. The regular probes are Docker's: the first after one interval,
 * each an interval after the one before. Until the first success there are early ones between them,
 * whose failures never count; their success counts before the first interval only if one of the
 * container's known ports accepts connections too, twice, a while apart: many images run a server
 * of their own while they set themselves up, and the user's interval would have hidden it.
 *
 * <p>A probe starts a process beside what it waits for, and slows it. So while nothing listens on
 * the known ports, early probes are rare, and the first one comes as soon as something does.
 */
final class HealthProber {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration EARLY = Duration.ofMillis(200);
  private static final Duration LATE = Duration.ofMillis(500);

  /** How often ports are looked at, and after how long without one that is open a probe is due. */
  private static final Duration LOOK = Duration.ofMillis(20);

  private static final Duration CLOSED = Duration.ofSeconds(1);

  /** A server that has just opened its port is nearly ready. */
  private static final Duration JUST_OPEN = Duration.ofMillis(50);

  /** From here on a probe twice a second is early enough. */
  private static final Duration LONG_START = Duration.ofSeconds(30);

  private static final Duration PROOF = Duration.ofMillis(500);

  /** Takes what the check decided; told on change only. */
  @FunctionalInterface
  interface Listener {
    void on(HealthStatus status, String why);
  }

  private final HealthCheck check;
  private final List<Integer> ports;
  private final ContainerExec container;
  private final PortDialler dialler;
  private final Listener listener;

  HealthProber(
      ContainerDefinition definition,
      HealthCheck check,
      ContainerExec container,
      PortDialler dialler,
      Listener listener) {
    this.check = check;
    this.ports = check.ours() ? List.of() : definition.ports();
    this.container = container;
    this.dialler = dialler;
    this.listener = listener;
  }

  /** Probe until the container has ended or its task is being stopped. */
  void run(ContainerExit exit, BooleanSupplier stopping) {
    List<String> command = command();
    HealthTally tally = new HealthTally(check);
    HealthStatus told = HealthStatus.UNKNOWN;
    long start = System.nanoTime();
    Duration due = check.interval();
    Duration pace = FIRST;
    while (true) {
      Duration untilDue = due.minus(since(start));
      boolean early = !tally.everHealthy();
      boolean opened = early && opened(exit, untilDue);
      if (!opened) {
        untilDue = due.minus(since(start));
        exit.endedWithin(early && untilDue.compareTo(pace) >= 0 ? pace : untilDue);
      }
      if (exit.ended() || stopping.getAsBoolean()) {
        return;
      }
      boolean regular = since(start).compareTo(due) >= 0;
      long begin = System.nanoTime();
      Outcome outcome = container.run(command, check.timeout());
      if (exit.ended() || stopping.getAsBoolean()) {
        return;
      }
      HealthStatus status = told;
      if (!outcome.succeeded()) {
        status = regular ? tally.failure(since(start)) : told;
      } else if (tally.everHealthy() || intervalPassed(start) || proven(exit)) {
        status = tally.success();
      }
      if (status != told) {
        told = status;
        listener.on(status, status == HealthStatus.UNHEALTHY ? words(outcome) : "");
      }
      if (regular) {
        due = since(start).plus(check.interval());
      }
      pace = opened ? JUST_OPEN : pace(since(start), since(begin));
    }
  }

  /**
   * Wait while the known ports are closed, for as long as that holds an early probe up.
   *
   * @return whether one was opened meanwhile
   */
  private boolean opened(ContainerExit exit, Duration untilDue) {
    if (ports.isEmpty() || !dialler.surelyClosed(ports)) {
      return false;
    }
    Duration most = untilDue.compareTo(CLOSED) < 0 ? untilDue : CLOSED;
    long start = System.nanoTime();
    while (since(start).compareTo(most) < 0 && !exit.endedWithin(LOOK)) {
      if (!dialler.surelyClosed(ports)) {
        return true;
      }
    }
    return false;
  }

  /** A probe that takes long is given as long a rest: it must not slow what it waits for. */
  private static Duration pace(Duration sinceStart, Duration probe) {
    Duration pace = sinceStart.compareTo(LONG_START) < 0 ? EARLY : LATE;
    return probe.compareTo(pace) > 0 ? probe : pace;
  }

  /** From the user's own first interval on, a success is what their check would have seen. */
  private boolean intervalPassed(long start) {
    return since(start).compareTo(check.interval()) >= 0;
  }

  private boolean proven(ContainerExit exit) {
    return ports.isEmpty()
        || (dialler.acceptsFromOutside(ports, container)
            && !exit.endedWithin(PROOF)
            && dialler.acceptsFromOutside(ports, container));
  }

  private List<String> command() {
    List<String> words = check.command();
    if (words.getFirst().equals("CMD-SHELL")) {
      List<String> shell = new ArrayList<>(List.of("/bin/sh", "-c"));
      shell.addAll(words.subList(1, words.size()));
      return shell;
    }
    return words.getFirst().equals("CMD") ? words.subList(1, words.size()) : words;
  }

  private static String words(Outcome outcome) {
    String output = outcome.output().isEmpty() ? "no output" : outcome.output();
    return outcome.exitCode() < 0
        ? "its health check said: " + output
        : "its health check exited with code %d: %s".formatted(outcome.exitCode(), output);
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
