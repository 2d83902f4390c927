package dev.audition.local.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.local.LocalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks with the system's tar what was packed. */
final class WorkspacePackerTest {
  private static final long PLENTY = 1 << 20;

  @TempDir private Path folder;
  @TempDir private Path there;

  @BeforeEach
  void workTree() throws IOException {
    write(".git/config", "[core]");
    write("tests/a.sql", "select 1");
    write("tests/deep/" + "long-".repeat(30) + "/b.sql", "select 2");
    write("target/app.jar", "built");
    write(".gitignore", "target");
    Files.setPosixFilePermissions(
        folder.resolve("target/app.jar"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private List<String> packed(String... mounted) throws IOException, InterruptedException {
    Path archive = there.resolve("workspace.tar.gz");
    List<Path> paths = Stream.of(mounted).map(folder::resolve).toList();
    WorkspacePacker.pack(folder, paths, PLENTY, archive);
    Process tar =
        new ProcessBuilder("tar", "-xvzf", archive.toString(), "-C", there.toString()).start();
    List<String> names =
        new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(tar.waitFor()).isZero();
    return names;
  }

  @Test
  void whatIsMountedIsPackedWithItsModesIgnoredByGitOrNot() throws Exception {
    assertThat(packed("tests", "target/app.jar", "not-there"))
        .contains("tests/", "tests/a.sql", "target/app.jar")
        .noneMatch(name -> name.startsWith(".git"));
    assertThat(there.resolve("tests/deep/" + "long-".repeat(30) + "/b.sql")).hasContent("select 2");
    assertThat(Files.isExecutable(there.resolve("target/app.jar"))).isTrue();
    assertThat(Files.isExecutable(there.resolve("tests/a.sql"))).isFalse();
  }

  @Test
  void theWholeTreeIsPackedWithoutGitAndEachFileOnce() throws Exception {
    assertThat(packed(".", "tests"))
        .doesNotHaveDuplicates()
        .contains("tests/a.sql", "target/app.jar", ".gitignore")
        .noneMatch(name -> name.startsWith(".git/"));
  }

  @Test
  void linksStayLinksAndWhatTheyLeadToIsPackedToo() throws Exception {
    Files.createSymbolicLink(folder.resolve("suite"), Path.of("tests"));
    Files.createSymbolicLink(folder.resolve("tests/out"), Path.of("/etc/passwd"));
    assertThat(packed("suite")).contains("suite", "tests/a.sql");
    assertThat(Files.readSymbolicLink(there.resolve("suite"))).isEqualTo(Path.of("tests"));
    assertThat(Files.readSymbolicLink(there.resolve("tests/out")))
        .isEqualTo(Path.of("/etc/passwd"));
  }

  @Test
  void nothingOutsideOfTheTreeIsPacked() throws Exception {
    Files.createSymbolicLink(folder.resolve("away"), Path.of("/etc"));
    assertThat(packed("away", "../..")).containsExactly("away");
  }

  @Test
  void tooMuchIsRefusedWithWhatIsLarge() throws IOException {
    write("data/dump.sql", "x".repeat(3 << 20));
    Path archive = there.resolve("workspace.tar.gz");
    assertThatThrownBy(() -> WorkspacePacker.pack(folder, List.of(folder), PLENTY, archive))
        .isInstanceOf(LocalException.class)
        .hasMessageContaining("more of the workspace than is sent, 1 MiB")
        .hasMessageContaining("data (3 MiB)")
        .hasMessageContaining("Mount smaller folders");
  }
}
