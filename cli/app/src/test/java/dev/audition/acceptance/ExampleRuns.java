package dev.audition.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.cli.CommandRun;
import dev.audition.core.run.RunId;
import dev.audition.core.testkit.Eventually;
import dev.audition.local.Auditions;
import dev.audition.local.LocalAudition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs examples with a state folder of its own, on the engine and the images of this machine. */
final class ExampleRuns implements AutoCloseable {
  static final Path PROJECT =
      Path.of(System.getProperty("audition.project", "../..")).toAbsolutePath().normalize();

  private static final String HOME = "audition.home";
  private static final Duration TEARDOWN = Duration.ofSeconds(60);

  /** The variables that name the images of the examples. */
  private static final List<String> IMAGES =
      List.of("POSTGRES_IMAGE", "REDIS_IMAGE", "PYTHON_IMAGE", "SHELL_IMAGE");

  private final Path stateHome;
  private final Map<String, String> environment;

  ExampleRuns() {
    try {
      stateHome = Files.createTempDirectory("audition-examples");
      environment = environment(stateHome);
      System.setProperty(HOME, PROJECT.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Composition variables of a pipeline do not come from the environment, so the images stand where
   * the set-up writes them down, too.
   */
  private static Map<String, String> environment(Path stateHome) throws IOException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    Map<String, String> images = images(environment);
    List<String> lines = new ArrayList<>();
    images.forEach((name, image) -> lines.add(name + "=" + image));
    Files.createDirectories(stateHome.resolve("audition"));
    Files.write(stateHome.resolve("audition/example-images.env"), lines);
    environment.putAll(images);
    environment.put("XDG_STATE_HOME", stateHome.toString());
    environment.put("NO_COLOR", "1");
    return environment;
  }

  /**
   * Return the images that stand in for the public ones: those in the environment, else written.
   */
  private static Map<String, String> images(Map<String, String> environment) throws IOException {
    Map<String, String> images = new LinkedHashMap<>();
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path written =
        (state.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", "."), ".local", "state")
                : Path.of(state))
            .resolve("audition/example-images.env");
    if (Files.exists(written)) {
      for (String line : Files.readAllLines(written)) {
        String[] parts = line.split("=", 2);
        if (parts.length == 2 && IMAGES.contains(parts[0])) {
          images.put(parts[0], parts[1]);
        }
      }
    }
    for (String name : IMAGES) {
      String given = environment.getOrDefault(name, "");
      if (!given.isEmpty()) {
        images.put(name, given);
      }
    }
    return images;
  }

  /** Put a variable into the environment of all further runs. */
  void set(String name, String value) {
    environment.put(name, value);
  }

  /** One run of an example: what the command did and the document it printed. */
  record ExampleRun(CommandRun command, RunDocument document) {}

  /** Run a folder of {@code examples/} and wait until nothing of it is left. */
  ExampleRun run(String folder, String... options) {
    List<String> words = new ArrayList<>(List.of("run", folder(folder).toString(), "--json"));
    words.addAll(List.of(options));
    CommandRun command = CommandRun.of(environment, words.toArray(String[]::new));
    RunDocument document;
    try {
      document = RunDocument.read(command.out());
    } catch (AssertionError e) {
      throw new AssertionError(command.err(), e);
    }
    assertNothingIsLeft(document.runId());
    return new ExampleRun(command, document);
  }

  /** Call the command as these runs do, whatever becomes of it. */
  CommandRun command(String... words) {
    return CommandRun.of(environment, words);
  }

  /** Return where these runs keep their state: their {@code XDG_STATE_HOME}. */
  Path stateHome() {
    return stateHome;
  }

  static Path folder(String name) {
    return PROJECT.resolve("examples").resolve(name);
  }

  void assertNothingIsLeft(String runId) {
    try (Auditions auditions = LocalAudition.of(environment)) {
      Eventually.within(
          TEARDOWN,
          "no container of run " + runId + " is left",
          () -> auditions.containers(new RunId(runId)).isEmpty());
      String host = auditions.engineAddress().host().toString();
      Eventually.within(
          TEARDOWN,
          "no volume or network of run " + runId + " is left",
          () ->
              docker(host, "volume", runId).isEmpty() && docker(host, "network", runId).isEmpty());
    }
  }

  /** List what the engine has of a run, as somebody would who looks for leftovers by hand. */
  private static String docker(String host, String kind, String runId) {
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      "docker",
                      "--host",
                      host,
                      kind,
                      "ls",
                      "--quiet",
                      "--filter",
                      "label=dev.audition.run=" + runId))
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Remove the state; keepers of the last runs may still be on their way out. */
  @Override
  public void close() {
    System.clearProperty(HOME);
    Eventually.within(TEARDOWN, stateHome + " is removed", () -> removed(stateHome));
  }

  private static boolean removed(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
