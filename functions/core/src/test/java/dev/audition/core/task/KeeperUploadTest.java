package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.audition.core.task.TaskServer.Entry;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the keeper uploads of a task, and what it does not. */
class KeeperUploadTest {
  private static final String PLAN =
      """
      {"containers": ["test", "db"], "candidates": ["test"], "gates": [["test", "db", "HEALTHY"]],
       "timeout": 60, "artifacts": [["workspace/reports", "%s"]], "bytes": 2000, "files": 20,
       "grace": %d}
      """;

  @TempDir Path folder;
  private final TaskServer task = new TaskServer().telling("test:STOPPED:1 db:RUNNING::HEALTHY");
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "ECS_CONTAINER_METADATA_URI_V4",
              task.metadataUrl(),
              "AUDITION_ARTIFACTS_URL",
              task.uploadUrl()));
  private Path reports;

  @BeforeEach
  void prepare() throws IOException {
    assumeThat(OwnProgram.canRun()).as("python3, 3.10 or newer, is here").isTrue();
    reports = Files.createDirectories(folder.resolve("volume/reports"));
    Files.writeString(reports.resolve("junit.xml"), "<testsuite/>");
  }

  @AfterEach
  void closeServer() {
    task.close();
  }

  private String plan() {
    return PLAN.formatted(reports, 6);
  }

  private OwnProgram.Ended keep() {
    return OwnProgram.run(environment, KeeperProgramTest.PROGRAMS, plan());
  }

  private TreeNode.Mapping result() {
    Entry last = task.uploaded().getLast();
    assertThat(last.name()).isEqualTo("result.json");
    return (TreeNode.Mapping) JsonReader.read(last.text(), last.name());
  }

  private String result(String key) {
    return JsonWriter.write(result().find(key).orElseThrow());
  }

  private List<String> names() {
    return task.uploaded().stream().map(Entry::name).toList();
  }

  @Test
  void takesTheNamedFoldersAndWhatBecameOfEachContainer() throws IOException {
    Files.createDirectories(reports.resolve("deep/er"));
    Files.writeString(reports.resolve("deep/er/log.txt"), "x");
    OwnProgram.Ended ended = keep();
    assertThat(ended.output()).contains("every candidate has ended", "uploaded ");
    assertThat(ended.exitCode()).isZero();
    assertThat(task.uploaded())
        .filteredOn(entry -> entry.name().startsWith("workspace/"))
        .containsExactly(
            new Entry("workspace/reports/deep/er/log.txt", '0', 0644, "x"),
            new Entry("workspace/reports/junit.xml", '0', 0644, "<testsuite/>"));
    assertThat(result("exitCode")).isEqualTo("0");
    assertThat(result("containers"))
        .isEqualTo(
            "{\"test\":{\"status\":\"STOPPED\",\"started\":true,\"exitCode\":1},"
                + "\"db\":{\"status\":\"RUNNING\",\"started\":true,\"health\":\"HEALTHY\"}}");
    assertThat(result("artifacts"))
        .isEqualTo("{\"files\":2,\"bytes\":13,\"leftOut\":0,\"skipped\":[]}");
  }

  @Test
  void takesASingleFileToo() {
    reports = reports.resolve("junit.xml");
    assertThat(keep().exitCode()).isZero();
    assertThat(names()).containsExactly("workspace/reports", "result.json");
  }

  @Test
  void uploadsFromAHopelessTask() {
    task.telling("db:STOPPED:3");
    assertThat(keep().exitCode()).isEqualTo(65);
    assertThat(names()).contains("workspace/reports/junit.xml");
    assertThat(result("reason")).contains("test waits for db to be healthy, which has ended");
    assertThat(result("containers")).contains("\"test\":{\"status\":\"ABSENT\",\"started\":false}");
  }

  @Test
  void uploadsAtTheDeadline() {
    environment.put("AUDITION_DEADLINE", "1");
    assertThat(keep().exitCode()).isEqualTo(66);
    assertThat(names()).contains("workspace/reports/junit.xml");
  }

  @Test
  void uploadsWhenItIsToldToStop() {
    task.telling("test:RUNNING");
    try (OwnProgram keeper = OwnProgram.start(environment, KeeperProgramTest.PROGRAMS, plan())) {
      Eventually.within(Duration.ofSeconds(30), "a question", () -> task.asked() > 0);
      keeper.tellToStop();
      assertThat(keeper.end().exitCode()).isEqualTo(143);
    }
    assertThat(names()).contains("workspace/reports/junit.xml");
  }

  @Test
  void finishesAnUploadDuringWhichItIsToldToStop() {
    task.holdUploads = true;
    try (OwnProgram keeper = OwnProgram.start(environment, KeeperProgramTest.PROGRAMS, plan())) {
      Eventually.within(Duration.ofSeconds(30), "an upload", () -> task.puts() > 0);
      keeper.tellToStop();
      keeper.tellToStop();
      task.release();
      assertThat(keeper.end().exitCode()).isZero();
    }
    assertThat(names()).contains("workspace/reports/junit.xml");
  }

  @Test
  void givesUpAnUploadThatTakesLongerThanItsGrace() {
    task.holdUploads = true;
    try (OwnProgram keeper =
        OwnProgram.start(environment, KeeperProgramTest.PROGRAMS, PLAN.formatted(reports, 1))) {
      Eventually.within(Duration.ofSeconds(30), "an upload", () -> task.puts() > 0);
      keeper.tellToStop();
      OwnProgram.Ended ended = keeper.end();
      assertThat(ended.output()).contains("not uploaded: the time for it was over");
      assertThat(ended.exitCode()).isEqualTo(64);
    }
  }

  @Test
  void triesAgainWhereAnUploadFails() {
    task.uploadStatus = n -> n == 1 ? 503 : 200;
    assertThat(keep().exitCode()).isZero();
    assertThat(task.puts()).isEqualTo(2);
    assertThat(names()).contains("workspace/reports/junit.xml");
  }

  @Test
  void saysThatTheUploadFailedButNeverWhere() {
    task.uploadStatus = _ -> 403;
    OwnProgram.Ended ended = keep();
    assertThat(ended.exitCode()).isEqualTo(64);
    assertThat(ended.output())
        .contains("every candidate has ended", "not uploaded: HTTP Error 403")
        .doesNotContain("hush");
    assertThat(task.puts()).isEqualTo(1);
  }

  @Test
  void keepsItsReasonWhereTheUploadFailsToo() {
    task.telling("db:STOPPED:3");
    task.uploadStatus = _ -> 403;
    assertThat(keep().exitCode()).isEqualTo(65);
  }

  @Test
  void saysThatNobodyToldItWhereTo() {
    environment.remove("AUDITION_ARTIFACTS_URL");
    OwnProgram.Ended ended = keep();
    assertThat(ended.exitCode()).isEqualTo(64);
    assertThat(ended.output()).contains("not uploaded: nobody said where to");
  }

  @Test
  void followsNoLinks() throws IOException {
    Files.createSymbolicLink(reports.resolve("passwd"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(reports.resolve("etc"), Path.of("/etc"));
    assertThat(keep().exitCode()).isZero();
    assertThat(names()).containsExactly("workspace/reports/junit.xml", "result.json");
    assertThat(result("artifacts"))
        .contains("[\"workspace/reports/etc\",\"neither file nor folder\"]")
        .contains("[\"workspace/reports/passwd\",\"neither file nor folder\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"volume", "volume/reports"})
  void followsNoLinkOnItsWay(String link) throws IOException {
    Path real = folder.resolve("elsewhere/reports");
    Files.createDirectories(real);
    Files.writeString(real.resolve("secret"), "hush");
    Files.move(folder.resolve(link), folder.resolve("moved"));
    Files.createSymbolicLink(
        folder.resolve(link), link.endsWith("reports") ? real : folder.resolve("elsewhere"));
    assertThat(keep().exitCode()).isZero();
    assertThat(names()).containsExactly("result.json");
    assertThat(result("artifacts")).contains("\"leftOut\":1");
  }

  @Test
  void opensNoPipes() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", reports.resolve("pipe").toString()).start().waitFor())
        .isZero();
    assertThat(keep().exitCode()).isZero();
    assertThat(names()).containsExactly("workspace/reports/junit.xml", "result.json");
    assertThat(result("artifacts")).contains("[\"workspace/reports/pipe\",\"neither file");
  }

  @Test
  void leavesOutWhatIsTooLarge() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(reports.resolve("core").toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    assertThat(keep().exitCode()).isZero();
    assertThat(names()).containsExactly("workspace/reports/junit.xml", "result.json");
    assertThat(result("artifacts"))
        .contains("[\"workspace/reports/core\",\"1099511627776 bytes, and 2000 are left");
  }

  @Test
  void stopsAtTheLimitOfEntries() throws IOException {
    for (int i = 0; i < 200; i++) {
      Files.createDirectories(reports.resolve("many/" + i));
    }
    assertThat(keep().exitCode()).isZero();
    assertThat(result("artifacts")).contains("more than 20 entries; it and the rest are left out");
  }

  @Test
  void goesNoDeeperThan32Folders() throws IOException {
    Path deep = reports;
    for (int i = 0; i < 60; i++) {
      deep = deep.resolve("d");
    }
    Files.createDirectories(deep);
    OwnProgram.Ended ended =
        OwnProgram.run(
            environment,
            KeeperProgramTest.PROGRAMS,
            plan().replace("\"files\": 20", "\"files\": 200"));
    assertThat(ended.exitCode()).isZero();
    assertThat(result("artifacts")).contains("too deep");
    assertThat(names()).contains("workspace/reports/junit.xml");
  }

  @Test
  void fillsUpAFileThatShrinksMeanwhile() throws IOException {
    // Such a file says 4096 bytes, and gives fewer.
    Path shrinking = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    assumeThat(shrinking).isRegularFile();
    assumeThat(Files.size(shrinking)).isEqualTo(4096);
    reports = shrinking;
    OwnProgram.Ended ended =
        OwnProgram.run(environment, KeeperProgramTest.PROGRAMS, plan().replace("2000", "20000"));
    assertThat(ended.exitCode()).isZero();
    assertThat(task.uploaded().getFirst().text()).hasSize(4096);
    assertThat(result("artifacts")).contains("cut short");
  }

  @Test
  void readsCandidatesFilesWithoutAnEnvironment() {
    String packer = "import os, sys; sys.stdout.write(repr(dict(os.environ))); sys.exit(3)";
    String failing = packer.replace("sys.stdout", "sys.stderr");
    OwnProgram.Ended ended =
        OwnProgram.run(
            environment, List.of(KeeperProgramTest.PROGRAMS.getFirst(), failing), plan());
    assertThat(ended.output())
        .doesNotContain("hush", "ECS_CONTAINER_METADATA_URI_V4")
        .contains("packing ended with 3");
    assertThat(ended.exitCode()).isEqualTo(64);
  }

  @Test
  void uploadsAtLeastTheResultWhereFilesCannotBePacked() {
    String failing =
        "import json, sys\nif json.loads(sys.argv[1])['artifacts']: sys.exit(3)\n"
            + KeeperProgramTest.PROGRAMS.getLast();
    OwnProgram.Ended ended =
        OwnProgram.run(
            environment, List.of(KeeperProgramTest.PROGRAMS.getFirst(), failing), plan());
    assertThat(ended.exitCode()).isZero();
    assertThat(names()).containsExactly("result.json");
    assertThat(result("packing")).isEqualTo("3");
  }
}
