package dev.audition.aws.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.audition.aws.AwsAccess;
import dev.audition.core.testkit.Eventually;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * moto's server: Secrets Manager, SNS, EventBridge, CloudWatch Logs. It is in Python; where it is
 * not there and may not be fetched, tests that ask for it are skipped with that reason.
 */
public final class LocalCloud {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Ends with the process that started it: then its standard input is closed. */
  private static final String PROGRAM =
      """
      import os, sys, threading
      def end_with_parent():
          sys.stdin.buffer.read()
          os._exit(0)
      threading.Thread(target=end_with_parent, daemon=True).start()
      from moto.server import main
      main(["-H", "127.0.0.1", "-p", sys.argv[1]])
      """;

  private static @Nullable URI endpoint;
  private static @Nullable String absent;

  private LocalCloud() {}

  /**
   * Return access to it.
   *
   * @param test what is not tested if it cannot be had
   */
  public static synchronized AwsAccess access(String test) {
    if (endpoint == null && absent == null) {
      start();
    }
    URI started = endpoint;
    return started == null
        ? abort("not run: " + test + "; moto's server is not there: " + absent)
        : LocalAccess.at(started);
  }

  private static void start() {
    try {
      Process setup =
          new ProcessBuilder(project().resolve("infra/setup/setup").toString(), "moto")
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String folder =
          new String(setup.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (setup.waitFor() != 0) {
        absent = "infra/setup/setup moto gets it (--yes, or AUDITION_SETUP=yes)";
        return;
      }
      endpoint = started(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("moto's server did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static URI started(String folder) throws IOException {
    int port = Ports.free();
    Path output = Files.createTempFile("audition-moto", ".txt");
    Process process =
        new ProcessBuilder(folder + "/python", "-c", PROGRAM, Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  process.destroyForcibly();
                  output.toFile().delete();
                }));
    Eventually.within(
        PATIENCE,
        "moto's server answers; see " + output,
        () -> !process.isAlive() || Ports.answers("127.0.0.1", port));
    if (!process.isAlive()) {
      throw new IllegalStateException("moto's server ended: " + Files.readString(output));
    }
    return Ports.address("127.0.0.1", port);
  }

  private static Path project() {
    return Path.of(System.getProperty("audition.project", "../.."));
  }
}
