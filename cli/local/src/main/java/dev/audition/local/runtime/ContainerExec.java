package dev.audition.local.runtime;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import dev.audition.local.docker.DockerEngine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command in a running container, in that container's own environment and as its user. */
final class ContainerExec {
  /** What is kept of its output, as the engine's own checks keep. */
  private static final int LARGEST_OUTPUT = 4096;

  private static final int EXIT_CODE_TRIES = 50;

  private final DockerEngine engine;
  private final String containerId;

  ContainerExec(DockerEngine engine, String containerId) {
    this.engine = engine;
    this.containerId = containerId;
  }

  /**
   * What came of a command.
   *
   * @param exitCode -1 if it did not end in time or could not be run
   * @param output both streams, cut to 4 KiB
   */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** Run a command; it goes on by itself if it does not end in time. */
  Outcome run(List<String> command, Duration timeout) {
    try {
      String exec =
          engine
              .client()
              .execCreateCmd(containerId)
              .withAttachStdout(true)
              .withAttachStderr(true)
              .withCmd(command.toArray(String[]::new))
              .exec()
              .getId();
      Output output = new Output();
      try (output) {
        engine.client().execStartCmd(exec).exec(output);
        if (!output.awaitCompletion(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
          return new Outcome(
              -1, "no answer within %d ms %s".formatted(timeout.toMillis(), output).strip());
        }
      }
      return new Outcome(exitCode(exec), output.toString());
    } catch (DockerException e) {
      return new Outcome(-1, EngineErrors.message(e));
    } catch (RuntimeException e) {
      // The connection broke; if the engine is gone for good, the events say so.
      return new Outcome(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(-1, "interrupted");
    } catch (java.io.IOException e) {
      return new Outcome(-1, String.valueOf(e.getMessage()));
    }
  }

  /** The stream may end a moment before the exit code is known. */
  private int exitCode(String exec) throws InterruptedException {
    for (int i = 0; i < EXIT_CODE_TRIES; i++) {
      Long code = engine.client().inspectExecCmd(exec).exec().getExitCodeLong();
      if (code != null) {
        return code.intValue();
      }
      Thread.sleep(Duration.ofMillis(10));
    }
    return -1;
  }

  private static final class Output extends ResultCallback.Adapter<Frame> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void onNext(Frame frame) {
      int room = LARGEST_OUTPUT - bytes.size();
      bytes.write(frame.getPayload(), 0, Math.min(room, frame.getPayload().length));
    }

    @Override
    public synchronized String toString() {
      return bytes.toString(StandardCharsets.UTF_8).strip();
    }
  }
}
