package dev.audition.local.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.source.SourceFiles;
import dev.audition.core.source.SourceFiles.Content;
import dev.audition.core.source.SourceFiles.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSourceFilesTest {
  @TempDir private Path folder;

  @Test
  void aFileIsReadAsUtf8() throws IOException {
    Files.writeString(folder.resolve("a.yml"), "name: Zoë\n");

    assertThat(files().read(path("a.yml"))).isEqualTo(new Content.Text("name: Zoë\n"));
  }

  @Test
  void whatIsNotThereIsMissing() {
    assertThat(files().read(path("absent.yml"))).isEqualTo(new Content.Missing());
    assertThat(files().read("/no\0path")).isEqualTo(new Content.Missing());
    assertThat(files().kind(path("absent.yml"))).isEqualTo(Kind.ABSENT);
  }

  @Test
  void aFileOfOneMebibyteIsReadAndOneByteMoreIsNot() throws IOException {
    Files.write(folder.resolve("full"), new byte[SourceFiles.MAXIMUM_BYTES]);
    Files.write(folder.resolve("over"), new byte[SourceFiles.MAXIMUM_BYTES + 1]);

    assertThat(files().read(path("full"))).isInstanceOf(Content.Text.class);
    assertThat(files().read(path("over"))).isEqualTo(new Content.Unreadable("larger than 1 MiB"));
  }

  @Test
  void bytesThatAreNoTextAreUnreadable() throws IOException {
    Files.write(folder.resolve("latin1"), "Zoë".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(files().read(path("latin1"))).isEqualTo(new Content.Unreadable("not UTF-8 text"));
  }

  @Test
  void aFolderIsNoFile() {
    assertThat(files().read(folder.toString())).isEqualTo(new Content.Unreadable("a folder"));
    assertThat(files().kind(folder.toString())).isEqualTo(Kind.FOLDER);
  }

  @Test
  void aDeviceIsNotWaitedFor() {
    assertThat(files().read("/dev/zero")).isEqualTo(new Content.Unreadable("not a regular file"));
  }

  @Test
  void linksAreFollowed() throws IOException {
    Files.writeString(folder.resolve("real.yml"), "x");
    Files.createSymbolicLink(folder.resolve("link.yml"), folder.resolve("real.yml"));

    assertThat(files().read(path("link.yml"))).isEqualTo(new Content.Text("x"));
    assertThat(files().kind(path("link.yml"))).isEqualTo(Kind.FILE);
  }

  @Test
  void oneReadingSeesOneState() throws IOException {
    Files.writeString(folder.resolve("a.yml"), "before");
    SourceFiles files = files();
    files.read(path("a.yml"));

    Files.writeString(folder.resolve("a.yml"), "after");

    assertThat(files.read(path("a.yml"))).isEqualTo(new Content.Text("before"));
  }

  @Test
  void pathsAreShownRelativeToWhereTheUserStandsIfThatIsShorter() {
    SourceFiles files = new DiskSourceFiles(Path.of("/home/zoe/project/app"));

    assertThat(files.display("/home/zoe/project/app/compose.yml")).isEqualTo("compose.yml");
    assertThat(files.display("/home/zoe/project/app")).isEqualTo(".");
    assertThat(files.display("/home/zoe/project/codefresh.yml")).isEqualTo("../codefresh.yml");
    assertThat(files.display("/etc/hosts")).isEqualTo("/etc/hosts");
  }

  private SourceFiles files() {
    return new DiskSourceFiles(folder);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void linksAreFollowedAsFarAsThePathExists() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.createSymbolicLink(inside.resolve("link"), outside);

    assertThat(new DiskSourceFiles(inside).real(inside.resolve("link/not-there").toString()))
        .isEqualTo(outside.toRealPath().resolve("not-there").toString());
  }
}
