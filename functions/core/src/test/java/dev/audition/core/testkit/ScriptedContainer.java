package dev.audition.core.testkit;

import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One container of a scripted task, at one moment. */
final class ScriptedContainer {
  final ContainerDefinition definition;
  final ContainerScript script;
  LastStatus status = LastStatus.PENDING;
  @Nullable Integer exitCode;
  String reason = "";
  HealthStatus health = HealthStatus.UNKNOWN;
  boolean ready;
  @Nullable Instant startedAt;
  @Nullable Instant stoppedAt;
  @Nullable Instant stopSignalAt;

  ScriptedContainer(ContainerDefinition definition, ContainerScript script) {
    this.definition = definition;
    this.script = script;
  }

  boolean stopped() {
    return status == LastStatus.STOPPED;
  }

  boolean pending() {
    return status == LastStatus.PENDING;
  }

  boolean running() {
    return status == LastStatus.RUNNING;
  }

  /** The next moment after this one at which its script does something by itself. */
  Optional<Instant> next(Instant now) {
    Instant from = startedAt;
    if (!running() || from == null) {
      return Optional.empty();
    }
    Duration limit = definition.listening() == null ? null : definition.listening().limit();
    return Stream.of(
            at(from, script.exitAfter()),
            health == HealthStatus.UNKNOWN ? at(from, script.healthyAfter()) : null,
            health == HealthStatus.UNKNOWN ? at(from, script.unhealthyAfter()) : null,
            ready ? null : at(from, script.listensAfter()),
            at(from, limit),
            at(stopSignalAt, script.stopTakes()))
        .flatMap(Stream::ofNullable)
        .filter(time -> time.isAfter(now))
        .min(Instant::compareTo);
  }

  /** Do what the script says up to a moment; return whether anything changed. */
  boolean advance(Instant now) {
    Instant from = startedAt;
    if (!running() || from == null) {
      return false;
    }
    if (over(at(from, script.exitAfter()), now)) {
      end(script.exitCode(), script.exitReason(), now);
      return true;
    }
    if (over(at(stopSignalAt, script.stopTakes()), now)) {
      end(script.stopExitCode(), "", now);
      return true;
    }
    if (health == HealthStatus.UNKNOWN && over(at(from, script.healthyAfter()), now)) {
      health = HealthStatus.HEALTHY;
      ready |= definition.listening() == null;
      return true;
    }
    if (health == HealthStatus.UNKNOWN && over(at(from, script.unhealthyAfter()), now)) {
      health = HealthStatus.UNHEALTHY;
      return true;
    }
    if (!ready && definition.listening() != null && over(at(from, script.listensAfter()), now)) {
      ready = true;
      return true;
    }
    return false;
  }

  boolean listenLimitPassed(Instant now) {
    return definition.listening() != null
        && startedAt != null
        && over(startedAt.plus(definition.listening().limit()), now);
  }

  void start(Instant now) {
    status = LastStatus.RUNNING;
    startedAt = now;
  }

  void end(@Nullable Integer code, String why, Instant now) {
    status = LastStatus.STOPPED;
    exitCode = code;
    reason = why;
    stoppedAt = now;
  }

  ContainerDescription describe() {
    return new ContainerDescription(
        definition.name(),
        status,
        exitCode,
        reason,
        health,
        ready,
        startedAt,
        startedAt == null ? null : stoppedAt,
        0,
        null);
  }

  private static @Nullable Instant at(@Nullable Instant from, @Nullable Duration after) {
    return from == null || after == null ? null : from.plus(after);
  }

  private static boolean over(@Nullable Instant time, Instant now) {
    return time != null && !now.isBefore(time);
  }
}
