package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of our own containers, run by the Python that is here. */
class OwnProgramsTest {
  @TempDir Path folder;

  /** How a program ended and what it said. */
  private record Ended(int exitCode, String output) {}

  @BeforeEach
  void needsPython() {
    assumeThat(pythonIsNew()).as("python3, 3.11.4 or newer, is here").isTrue();
  }

  private static boolean pythonIsNew() {
    try {
      Process process =
          new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11, 4))")
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Ended run(String name, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-c", program(name)));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private static String program(String name) throws IOException {
    try (var text = OwnContainers.class.getResourceAsStream(name)) {
      assertThat(text).isNotNull();
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage.py", "wait.py", "keeper.py"})
  void compileAndAreSmall(String name) throws Exception {
    String text = program(name);
    Path file = Files.writeString(folder.resolve(name), text);
    Process process =
        new ProcessBuilder("python3", "-m", "py_compile", file.toString()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    assertThat(text.length()).isLessThan(4096);
  }

  @Nested
  class Stage {
    @Test
    void addsNamesOpensVolumesAndWritesTexts() throws Exception {
      Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost");
      Path volume = Files.createDirectory(folder.resolve("volume"));
      Ended ended =
          run(
              "stage.py",
              Map.of(
                  "TEXT",
                  Base64.getEncoder().encodeToString("hush\n".getBytes(StandardCharsets.UTF_8))),
              """
              {"hosts": {"db": "127.0.0.1", "x.y": "10.0.0.1"}, "open": ["%1$s"], "folders": {},
               "files": {"%1$s/0": {"variable": "TEXT"}}}
              """
                  .formatted(volume),
              hosts.toString());
      assertThat(ended.output()).contains("staged: 2 names");
      assertThat(ended.exitCode()).isZero();
      assertThat(Files.readAllLines(hosts))
          .containsExactly("127.0.0.1 localhost", "127.0.0.1 db", "10.0.0.1 x.y");
      assertThat(volume.resolve("0")).hasContent("hush\n");
      assertThat((int) Files.getAttribute(volume, "unix:mode") & 0xFFF).isEqualTo(01777);
    }

    @Test
    void copiesFoldersAndFilesOfTheWorkspace() throws Exception {
      Path workspace = Files.createDirectories(folder.resolve("workspace/sql"));
      Files.writeString(workspace.resolve("1.sql"), "select 1");
      Path archive = folder.resolve("workspace.tar.gz");
      Process tar =
          new ProcessBuilder("python3", "-m", "tarfile", "-c", archive.toString(), ".")
              .directory(folder.resolve("workspace").toFile())
              .inheritIO()
              .start();
      assertThat(tar.waitFor()).isZero();
      Path target = Files.createDirectory(folder.resolve("target"));
      Path hosts = Files.writeString(folder.resolve("hosts"), "");
      Ended ended =
          run(
              "stage.py",
              Map.of("AUDITION_WORKSPACE_URL", archive.toUri().toString()),
              """
              {"hosts": {}, "open": [], "folders": {"%1$s/sql": "sql", "%1$s/all": "."},
               "files": {"%1$s/0": {"path": "sql/1.sql"}}}
              """
                  .formatted(target),
              hosts.toString());
      assertThat(ended.output()).contains("staged: 0 names, 3 paths");
      assertThat(target.resolve("sql/1.sql")).hasContent("select 1");
      assertThat(target.resolve("all/sql/1.sql")).hasContent("select 1");
      assertThat(target.resolve("0")).hasContent("select 1");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Nested
  class Wait {
    @Test
    void endsWithZeroWhetherAPortAnswersOrNot() throws Exception {
      int silent = freePort();
      try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        Ended ended =
            run(
                "wait.py",
                Map.of(),
                """
                {"services": [{"name": "db", "ports": [%1$d, %2$d], "limit": 60},
                              {"name": "web", "ports": [%1$d], "limit": 0}]}
                """
                    .formatted(silent, open.getLocalPort()));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output())
            .contains("db: port " + open.getLocalPort() + " accepts")
            .contains("web: no port accepted within 0 s");
      }
    }
  }

  @Nested
  class Keeper {
    private static final String PLAN =
        """
        {"candidates": ["a", "b"], "gates": [["a", "job", "SUCCESS"], ["b", "db", "HEALTHY"]],
         "timeout": 60}
        """;

    // Each container as name:status[:exit code][:health], "started" unless the status is NEW.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '|',
        value = {
          "a:STOPPED:0 b:STOPPED:1 job:STOPPED:0 | 0 | every candidate has ended",
          "a:NEW job:STOPPED:3 | 65 | a waits for job, which ended with 3",
          "job:STOPPED:3 | 65 | a waits for job",
          "db:STOPPED:0 | 65 | b waits for db to be healthy, which has ended",
          "db:RUNNING::UNHEALTHY | 65 | b waits for db, which is unhealthy",
          "a:STOPPED:0 b:STOPPED:0 db:STOPPED:1 | 0 | every candidate has ended",
          "a:NEVER | 65 | a never started",
        })
    void endsWithWhatItSees(String containers, int exitCode, String reason) throws Exception {
      Ended ended = keep(metadata(containers), Map.of());
      assertThat(ended.output()).contains(reason);
      assertThat(ended.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void endsAtTheDeadlineWhileCandidatesRun() throws Exception {
      Ended ended =
          keep(metadata("a:RUNNING db:RUNNING::HEALTHY"), Map.of("AUDITION_DEADLINE", "1"));
      assertThat(ended.exitCode()).isEqualTo(66);
    }

    private static Ended keep(String metadata, Map<String, String> more) throws Exception {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v4/task",
          exchange -> {
            byte[] answer = metadata.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
      try {
        Map<String, String> environment = new HashMap<>(more);
        environment.put(
            "ECS_CONTAINER_METADATA_URI_V4",
            "http://127.0.0.1:" + server.getAddress().getPort() + "/v4");
        return run("keeper.py", environment, PLAN);
      } finally {
        server.stop(0);
      }
    }

    private static String metadata(String containers) {
      List<String> json = new ArrayList<>();
      for (String container : containers.trim().split(" ")) {
        String[] parts = (container + ":::").split(":", -1);
        boolean started = !parts[1].equals("NEW") && !parts[1].equals("NEVER");
        json.add(
            "{\"Name\": \"%s\", \"KnownStatus\": \"%s\"%s%s%s}"
                .formatted(
                    parts[0],
                    parts[1].equals("NEVER") ? "STOPPED" : parts[1],
                    started ? ", \"StartedAt\": \"2026-11-20T00:00:00Z\"" : "",
                    parts[2].isEmpty() ? "" : ", \"ExitCode\": " + parts[2],
                    parts[3].isEmpty() ? "" : ", \"Health\": {\"status\": \"" + parts[3] + "\"}"));
      }
      return "{\"Containers\": [" + String.join(",", json) + "]}";
    }
  }
}
