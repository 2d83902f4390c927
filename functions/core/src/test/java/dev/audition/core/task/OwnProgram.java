package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of our own containers, run as its container runs it, by the Python that is here. */
final class OwnProgram implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path output;

  private OwnProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** How a program ended and what it said. */
  record Ended(int exitCode, String output) {}

  /** Return the text of a program. */
  static String text(String name) {
    try (var text = OwnContainers.class.getResourceAsStream(name)) {
      assertThat(text).as(name).isNotNull();
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Return whether there is a Python that is new enough. */
  static boolean canRun() {
    try {
      Process process =
          new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 10))")
              .start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Start what a container of ours runs.
   *
   * @param programs their texts
   */
  static OwnProgram start(Map<String, String> environment, List<String> programs, String... more) {
    List<String> command = new ArrayList<>(List.of("python3", "-c"));
    command.addAll(programs);
    command.addAll(List.of(more));
    try {
      Path output = Files.createTempFile("audition-program", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      return new OwnProgram(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Run it to its end. */
  static Ended run(Map<String, String> environment, List<String> programs, String... more) {
    try (OwnProgram program = start(environment, programs, more)) {
      return program.end();
    }
  }

  /** Return what it has said so far. */
  String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Send it SIGTERM. */
  void tellToStop() {
    process.destroy();
  }

  /** Wait for its end. */
  Ended end() {
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as(() -> "its end; it said: " + said())
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return new Ended(process.exitValue(), said());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Files.delete(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
