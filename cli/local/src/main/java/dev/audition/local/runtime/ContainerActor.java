package dev.audition.local.runtime;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.audition.core.plan.Listening;
import dev.audition.core.run.Progress;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.HealthCheck;
import dev.audition.local.runtime.Images.Availability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The life of one container: image, creation, gate, start, checks, end, and start again. */
final class ContainerActor {
  /** What it takes to make containers of a task. */
  record Making(
      ContainerTranslation translation,
      TaskNames names,
      Map<String, String> taskLabels,
      PortDialler dialler) {}

  /** How long the end waits for the last output, and for word that memory ran out. */
  private static final Duration LAST_WORDS = Duration.ofMillis(200);

  private static final Duration DIAL = Duration.ofMillis(100);
  private static final Duration FIRST_RESTART = Duration.ofMillis(100);
  private static final Duration LAST_RESTART = Duration.ofSeconds(30);

  /** A container that ran this long is restarted without delay again, as Docker does. */
  private static final Duration LONG_RUN = Duration.ofSeconds(10);

  private static final int KILLED = 137;

  /** What a shell says of a command that is not there. */
  private static final int CANNOT_RUN = 127;

  private final RuntimeParts parts;
  private final TaskState state;
  private final ContainerDefinition definition;
  private final Making making;
  private final CompletableFuture<String> id = new CompletableFuture<>();

  ContainerActor(
      RuntimeParts parts, TaskState state, ContainerDefinition definition, Making making) {
    this.parts = parts;
    this.state = state;
    this.definition = definition;
    this.making = making;
  }

  private String name() {
    return definition.name();
  }

  /** Live: returns when the container has ended for good. */
  void live(CompletableFuture<Availability> image) {
    try {
      switch (image.join()) {
        case Availability.Missing missing -> neverStarted(missing.reason());
        case Availability.Present present -> {
          if (create(present)) {
            run();
          }
        }
      }
    } catch (EngineLostException e) {
      state.lost(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      state.lost(
          "container \"%s\": no answer from the Docker engine at %s: %s"
              .formatted(definition.service(), parts.engine().host(), cause));
    }
  }

  private boolean create(Availability.Present image) {
    try {
      String created = state.stopping() ? null : parts.creations().create(() -> created(image));
      if (created != null) {
        id.complete(created);
        return true;
      }
      neverStarted("");
    } catch (DockerException e) {
      neverStarted(EngineErrors.reason("CannotCreateContainerError", e));
    } catch (IllegalArgumentException e) {
      neverStarted("CannotCreateContainerError: " + e.getMessage());
    }
    return false;
  }

  private String created(Availability.Present image) {
    CreateContainerCmd command =
        making
            .translation()
            .create(definition, image, Labels.ofContainer(making.taskLabels(), definition))
            .withName(making.names().container(name()));
    try {
      return command.exec().getId();
    } catch (ConflictException e) {
      // An earlier launch of the same run: the name is taken.
      return command.withName(making.names().otherContainer(name())).exec().getId();
    }
  }

  private void run() {
    switch (state.awaitGate(name())) {
      case GateAnswer.Never never -> neverStarted(never.reason());
      case GateAnswer.Stopping _, GateAnswer.Waiting _ -> neverStarted("");
      case GateAnswer.Open _ -> runAndRestart();
    }
  }

  private void neverStarted(String why) {
    state.stopped(name(), null, why, null);
  }

  private void runAndRestart() {
    String container = id.join();
    int restarts = 0;
    Duration backOff = FIRST_RESTART;
    Integer peak = null;
    while (true) {
      long begin = System.nanoTime();
      ContainerExit exit = parts.events().expect(container);
      LogPump output = LogPump.attach(parts.engine(), container, logFile(), this::line);
      try {
        parts.engine().client().startContainerCmd(container).exec();
      } catch (DockerException e) {
        output.await(LAST_WORDS);
        parts.events().forget(container);
        startFailed(e, restarts);
        return;
      }
      parts.memory().watch(container);
      state.started(name(), () -> parts.memory().soFar(container));
      watch(container, exit);
      int exitCode = exit.await();
      peak = larger(peak, parts.memory().end(container).orElse(null));
      String reason = reason(container, exit, exitCode);
      output.await(LAST_WORDS);
      if (!mayRestart(exitCode, restarts)) {
        parts.events().forget(container);
        String taken = exitCode == 0 ? "" : addressInUse();
        state.stopped(name(), exitCode, reason.isEmpty() ? taken : reason, peak);
        return;
      }
      backOff = System.nanoTime() - begin > LONG_RUN.toNanos() ? FIRST_RESTART : doubled(backOff);
      state.awaitStopping(backOff);
      if (state.stopping()) {
        state.stopped(name(), exitCode, reason, peak);
        return;
      }
      restarts++;
    }
  }

  /** The command does not exist, say. A container that had run before has an exit code. */
  private void startFailed(DockerException refusal, int restarts) {
    String reason = EngineErrors.reason("CannotStartContainerError", refusal);
    state.stopped(name(), restarts == 0 ? null : CANNOT_RUN, reason, null);
  }

  private boolean mayRestart(int exitCode, int restarts) {
    Integer maximum = definition.maximumRestarts();
    return exitCode != 0
        && maximum != null
        && (maximum == 0 || restarts < maximum)
        && !state.stopping();
  }

  private void watch(String container, ContainerExit exit) {
    HealthCheck check = definition.healthCheck();
    Listening listening = definition.listening();
    ContainerExec exec = new ContainerExec(parts.engine(), container);
    if (check != null) {
      HealthProber prober =
          new HealthProber(
              definition,
              check,
              exec,
              making.dialler(),
              (status, why) -> state.health(name(), status, why));
      Thread.ofVirtual()
          .name("health " + name())
          .start(() -> quietly(() -> prober.run(exit, state::stopping)));
    } else if (listening != null) {
      Thread.ofVirtual()
          .name("dial " + name())
          .start(() -> quietly(() -> dial(listening, exec, exit)));
    }
  }

  /** An engine that does not answer is noticed by the exit; these two need not say it again. */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void dial(Listening listening, ContainerExec exec, ContainerExit exit) {
    long end = System.nanoTime() + listening.limit().toNanos();
    while (!exit.ended() && !state.stopping()) {
      if (making.dialler().accepts(listening.ports(), exec)) {
        state.listens(name());
        return;
      }
      if (System.nanoTime() >= end) {
        state.limitPassed(
            name(),
            "NotListening: no connection was accepted on port %s within %d s; what waits for it"
                    .formatted(listening.ports(), listening.limit().toSeconds())
                + " was started all the same");
        return;
      }
      if (exit.endedWithin(DIAL)) {
        return;
      }
    }
  }

  private String reason(String container, ContainerExit exit, int exitCode) {
    boolean outOfMemory = exit.outOfMemoryWithin(Duration.ZERO) || killedForMemory(container);
    if (!outOfMemory && exitCode == KILLED && definition.memoryMiB() != null && !state.stopping()) {
      outOfMemory = exit.outOfMemoryWithin(LAST_WORDS) || killedForMemory(container);
    }
    return outOfMemory ? "OutOfMemoryError: Container killed due to memory usage" : "";
  }

  private boolean killedForMemory(String container) {
    try {
      return Boolean.TRUE.equals(
          parts.engine().client().inspectContainerCmd(container).exec().getState().getOOMKilled());
    } catch (RuntimeException e) {
      return false; // its exit code is known, which must not be lost for this
    }
  }

  private String addressInUse() {
    List<ContainerDefinition> others =
        state.startedContainers().stream().filter(other -> !other.name().equals(name())).toList();
    return AddressInUse.reason(definition, LogFile.tail(logFile(), AddressInUse.LINES), others);
  }

  /** Stop it when its turn comes; returns when it has ended or there is nothing to stop. */
  void stopInTurn() {
    if (!state.awaitStopTurn(name())) {
      return;
    }
    try {
      parts
          .engine()
          .client()
          .stopContainerCmd(id.join())
          .withTimeout(Labels.wholeSeconds(definition.stopTimeout()))
          .exec();
    } catch (NotModifiedException | NotFoundException e) {
      // It ended by itself, or somebody else stopped it.
    } catch (RuntimeException e) {
      state.lost(
          "container \"%s\" could not be stopped: %s"
              .formatted(definition.service(), e.getMessage()));
    }
  }

  private Path logFile() {
    return parts.settings().logs().folder(state.launch().startedBy()).resolve(name() + ".log");
  }

  private void line(String line) {
    parts.settings().progress().on(new Progress.LogLine(state.launch().startedBy(), name(), line));
  }

  private static Duration doubled(Duration backOff) {
    Duration twice = backOff.multipliedBy(2);
    return twice.compareTo(LAST_RESTART) < 0 ? twice : LAST_RESTART;
  }

  private static @Nullable Integer larger(@Nullable Integer one, @Nullable Integer other) {
    return one == null ? other : other == null ? one : Integer.valueOf(Math.max(one, other));
  }
}
