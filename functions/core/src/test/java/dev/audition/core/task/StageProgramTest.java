package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code audition-stage} prepares, and what it refuses. */
class StageProgramTest {
  @TempDir Path folder;
  private Path hosts;
  private Path target;

  @BeforeEach
  void prepare() throws IOException {
    assumeThat(OwnProgram.canRun()).as("python3, 3.10 or newer, is here").isTrue();
    hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost");
    target = Files.createDirectory(folder.resolve("target"));
  }

  private OwnProgram.Ended stage(Map<String, String> environment, String plan) {
    return OwnProgram.run(
        environment,
        List.of(OwnProgram.text("stage.py")),
        plan.replace("TARGET", target.toString()),
        hosts.toString());
  }

  private static String plan(String folders, String files) {
    return "{\"hosts\": {}, \"open\": [], \"folders\": {%s}, \"files\": {%s}}"
        .formatted(folders, files);
  }

  /** Make an archive with a Python expression for each member. */
  private Path archive(String... members) throws IOException, InterruptedException {
    Path archive = folder.resolve("workspace.tar.gz");
    String program =
        """
        import io, sys, tarfile
        def add(name, text="", kind=tarfile.REGTYPE, link="", mode=0o644):
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname, info.mode = len(text), kind, link, mode
            archive.addfile(info, io.BytesIO(text.encode()))
        def folder(name): add(name, kind=tarfile.DIRTYPE, mode=0o755)
        def link(name, to): add(name, kind=tarfile.SYMTYPE, link=to)
        def hard(name, to): add(name, kind=tarfile.LNKTYPE, link=to)
        def pipe(name): add(name, kind=tarfile.FIFOTYPE)
        archive = tarfile.open(sys.argv[1], "w:gz")
        """;
    Process process =
        new ProcessBuilder(
                "python3",
                "-c",
                program + String.join("\n", members) + "\narchive.close()",
                archive.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    return archive;
  }

  private static Map<String, String> workspace(Path archive) {
    return Map.of("AUDITION_WORKSPACE_URL", archive.toUri().toString());
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & 0xFFF;
  }

  @Nested
  class Preparing {
    @Test
    void addsNamesOpensVolumesAndWritesTexts() throws Exception {
      String text = Base64.getEncoder().encodeToString("hush\n".getBytes(StandardCharsets.UTF_8));
      OwnProgram.Ended ended =
          stage(
              Map.of("TEXT", text),
              """
              {"hosts": {"db": "127.0.0.1", "x.y": "10.0.0.1"}, "open": ["TARGET"], "folders": {},
               "files": {"TARGET/0": {"variable": "TEXT"}}}
              """);
      assertThat(ended.output()).contains("staged: 2 names").doesNotContain("hush", text);
      assertThat(ended.exitCode()).isZero();
      assertThat(Files.readAllLines(hosts))
          .containsExactly("127.0.0.1 localhost", "127.0.0.1 db", "10.0.0.1 x.y");
      assertThat(target.resolve("0")).hasContent("hush\n");
      assertThat(mode(target.resolve("0"))).isEqualTo(0444);
      assertThat(mode(target)).isEqualTo(01777);
    }

    @Test
    void copiesFoldersAndFilesOfTheWorkspace() throws Exception {
      Path archive =
          archive(
              "folder('./sql')", "add('./sql/1.sql', 'one')", "add('run.sh', 'go', mode=0o755)");
      OwnProgram.Ended ended =
          stage(
              workspace(archive),
              plan(
                  "\"TARGET/sql\": \"sql\", \"TARGET/all\": \".\"",
                  "\"TARGET/0\": {\"path\": \"sql/1.sql\"}, \"TARGET/1\": {\"path\": \"run.sh\"}"));
      assertThat(ended.output()).contains("staged: 0 names, 4 paths");
      assertThat(target.resolve("sql/1.sql")).hasContent("one");
      assertThat(target.resolve("all/sql/1.sql")).hasContent("one");
      assertThat(target.resolve("0")).hasContent("one");
      assertThat(mode(target.resolve("0"))).isEqualTo(0644);
      assertThat(mode(target.resolve("1"))).isEqualTo(0755);
      assertThat(mode(target.resolve("all/run.sh"))).isEqualTo(0755);
      assertThat(mode(target.resolve("all/sql"))).as("anybody may write").isEqualTo(0777);
      assertThat(mode(target.resolve("sql"))).as("anybody may write").isEqualTo(0777);
    }
  }

  @Nested
  class DoneAgain {
    @Test
    void changesNothing() throws Exception {
      Path archive = archive("add('a/x', '1')", "link('a/y', 'x')");
      String plan =
          """
          {"hosts": {"db": "127.0.0.1"}, "open": [], "folders": {"TARGET/a": "a"},
           "files": {"TARGET/0": {"path": "a/x"}, "TARGET/1": {"variable": "TEXT"}}}
          """;
      Map<String, String> environment =
          Map.of(
              "AUDITION_WORKSPACE_URL",
              archive.toUri().toString(),
              "TEXT",
              Base64.getEncoder().encodeToString("t".getBytes(StandardCharsets.UTF_8)));
      assertThat(stage(environment, plan).exitCode()).isZero();
      OwnProgram.Ended again = stage(environment, plan);
      assertThat(again.output()).startsWith("staged");
      assertThat(again.exitCode()).isZero();
      assertThat(Files.readAllLines(hosts)).containsExactly("127.0.0.1 localhost", "127.0.0.1 db");
      assertThat(target.resolve("a/x")).hasContent("1");
      assertThat(target.resolve("1")).hasContent("t");
    }
  }

  @Nested
  class Links {
    @Test
    void stayLinks() throws Exception {
      Path archive = archive("add('a/x', '1')", "link('a/y', 'x')", "link('a/etc', '/etc')");
      assertThat(stage(workspace(archive), plan("\"TARGET/a\": \"a\"", "")).exitCode()).isZero();
      assertThat(Files.readSymbolicLink(target.resolve("a/y"))).isEqualTo(Path.of("x"));
      assertThat(Files.readSymbolicLink(target.resolve("a/etc"))).isEqualTo(Path.of("/etc"));
    }

    @Test
    void areFollowedInsideOfTheWorkspace() throws Exception {
      Path archive =
          archive(
              "add('releases/2/x', '2')",
              "link('now', './releases/2')",
              "link('f', 'now/x')",
              "hard('h', 'releases/2/x')");
      OwnProgram.Ended ended =
          stage(
              workspace(archive),
              plan(
                  "\"TARGET/a\": \"now\", \"TARGET/all\": \".\"",
                  "\"TARGET/0\": {\"path\": \"f\"}"));
      assertThat(ended.exitCode()).as(ended.output()).isZero();
      assertThat(target.resolve("a/x")).hasContent("2");
      assertThat(target.resolve("0")).hasContent("2");
      assertThat(target.resolve("all/h")).hasContent("2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '|',
        value = {
          "link('a', '/etc')",
          "link('a', '../..')",
          "link('a', 'b') ; link('b', 'a')",
          "link('a', 'b/../../etc') ; add('b/x')",
        })
    void areNotFollowedOutOfIt(String members) throws Exception {
      Path archive = archive(members.split(" ; "));
      OwnProgram.Ended folders = stage(workspace(archive), plan("\"TARGET/a\": \"a\"", ""));
      assertThat(folders.output()).contains("a is a link that leads out of the workspace");
      assertThat(folders.exitCode()).isEqualTo(1);
      OwnProgram.Ended files =
          stage(workspace(archive), plan("", "\"TARGET/0\": {\"path\": \"a/passwd\"}"));
      assertThat(files.exitCode()).isEqualTo(1);
      assertThat(target).isEmptyDirectory();
    }
  }

  @Nested
  class HostileArchives {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '|',
        value = {
          "add('../x', '1') | has a path that leads out of it: ../x",
          "add('/etc/x', '1') | has a path that leads out of it: /etc/x",
          "add('a/../../x', '1') | has a path that leads out of it: a/../../x",
          "link('a', '/tmp') ; add('a/x', '1') | has a path behind a link: a/x",
          "link('a', '/tmp') ; folder('a/b') ; add('a/b/x', '1') | has a path behind a link: a/b",
          "hard('h', '../../etc/passwd') | KeyError",
        })
    void areRefused(String members, String reason) throws Exception {
      Path archive = archive(members.split(" ; "));
      OwnProgram.Ended ended = stage(workspace(archive), plan("\"TARGET/all\": \".\"", ""));
      assertThat(ended.output()).contains(reason);
      assertThat(ended.exitCode()).isEqualTo(1);
    }

    @Test
    void loseTheirDevicesAndPipes() throws Exception {
      Path archive = archive("pipe('p')", "add('x', '1')");
      OwnProgram.Ended ended = stage(workspace(archive), plan("\"TARGET/all\": \".\"", ""));
      assertThat(ended.output()).contains("p is left out: neither file, folder nor link");
      assertThat(ended.exitCode()).isZero();
      assertThat(target.resolve("all")).isDirectoryNotContaining("glob:**/p");
    }

    @Test
    void giveNoSpecialPermissions() throws Exception {
      Path archive = archive("add('su', '1', mode=0o4755)");
      assertThat(stage(workspace(archive), plan("\"TARGET/a\": \".\"", "")).exitCode()).isZero();
      assertThat(mode(target.resolve("a/su"))).isEqualTo(0755);
    }
  }

  @Nested
  class WhatIsNotThere {
    @Test
    void isAnEmptyFolderAsInDocker() throws Exception {
      OwnProgram.Ended ended =
          stage(workspace(archive("add('x', '1')")), plan("\"TARGET/a\": \"none\"", ""));
      assertThat(ended.output()).contains("none is not in the workspace: an empty folder");
      assertThat(ended.exitCode()).isZero();
      assertThat(target.resolve("a")).isEmptyDirectory();
    }

    @Test
    void cannotBeAFile() throws Exception {
      OwnProgram.Ended ended =
          stage(workspace(archive("folder('d')")), plan("", "\"TARGET/0\": {\"path\": \"d\"}"));
      assertThat(ended.output()).contains("d is not a file of the workspace");
      assertThat(ended.exitCode()).isEqualTo(1);
    }

    @Test
    void isNamedWhereItIsAVariable() {
      OwnProgram.Ended ended = stage(Map.of(), plan("\"TARGET/a\": \".\"", ""));
      assertThat(ended.output()).contains("AUDITION_WORKSPACE_URL is not set");
      assertThat(ended.exitCode()).isEqualTo(1);
    }
  }

  @Nested
  class Fetching {
    private final AtomicInteger asked = new AtomicInteger();

    private OwnProgram.Ended fetch(IntFunction<byte[]> answers) throws IOException {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            byte[] answer = answers.apply(asked.incrementAndGet());
            exchange.sendResponseHeaders(
                answer.length < 4
                    ? Integer.parseInt(new String(answer, StandardCharsets.UTF_8))
                    : 200,
                answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
      try {
        return stage(
            Map.of(
                "AUDITION_WORKSPACE_URL",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/w?X-Amz-Signature=hush"),
            plan("\"TARGET/all\": \".\"", ""));
      } finally {
        server.stop(0);
      }
    }

    private static byte[] status(int code) {
      return Integer.toString(code).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void isTriedAgain() throws Exception {
      byte[] archive = Files.readAllBytes(archive("add('x', '1')"));
      byte[] half = Arrays.copyOf(archive, archive.length - 20);
      OwnProgram.Ended ended = fetch(n -> n == 1 ? status(503) : n == 2 ? half : archive);
      assertThat(ended.output()).contains("HTTP Error 503", "EOFError").doesNotContain("hush");
      assertThat(ended.exitCode()).isZero();
      assertThat(target.resolve("all/x")).hasContent("1");
    }

    @Test
    void endsAtOnceWhereItIsForbidden() throws Exception {
      OwnProgram.Ended ended = fetch(_ -> status(403));
      assertThat(ended.output())
          .contains("the workspace could not be fetched: HTTPError: HTTP Error 403")
          .doesNotContain("hush");
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(asked).hasValue(1);
    }

    @Test
    void endsAfterFiveTimes() throws Exception {
      OwnProgram.Ended ended = fetch(_ -> status(500));
      assertThat(ended.output()).contains("the workspace could not be fetched");
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(asked).hasValue(5);
    }
  }
}
