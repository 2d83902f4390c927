package dev.audition.local.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.audition.core.compose.BuildConfig;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.local.process.Program;
import dev.audition.local.process.Program.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextTest {
  @TempDir private Path folder;
  @TempDir private Path elsewhere;

  @BeforeEach
  void haveAContext() throws IOException {
    write("Dockerfile", "FROM scratch\n");
    write("src/a.txt", "a");
    write("target/b.txt", "b");
  }

  @Test
  void everythingInTheFolderIsSent() throws IOException {
    assertThat(names(build(null, null)))
        .containsExactly("Dockerfile", "src/", "src/a.txt", "target/", "target/b.txt");
  }

  @Test
  void whatTheIgnoreFileNamesStaysHereButTheDockerfileIsSent() throws IOException {
    write(".dockerignore", "target\n.dockerignore\nDockerfile\n");

    assertThat(names(build(null, null))).containsExactly("Dockerfile", "src/", "src/a.txt");
  }

  @Test
  void aDockerfilesOwnIgnoreFileStandsForTheFolders() throws IOException {
    write(".dockerignore", "src\n");
    write("other.Dockerfile", "FROM scratch\n");
    write("other.Dockerfile.dockerignore", "target\n*Dockerfile*\n.dockerignore\n");

    assertThat(names(build("other.Dockerfile", null)))
        .containsExactly("other.Dockerfile", "src/", "src/a.txt");
  }

  @Test
  void aDockerfileFromOutsideIsSentWithTheContext() throws IOException {
    Path outside = Files.writeString(elsewhere.resolve("Dockerfile"), "FROM outside\n");

    BuildContext context = BuildContext.open(build(outside.toString(), null));

    assertThat(context.dockerfileText()).isEqualTo("FROM outside\n");
    assertThat(names(context)).contains(context.dockerfile(), "Dockerfile");
  }

  @Test
  void aDockerfileOfTheComposeFileIsSentWithTheContext() throws IOException {
    BuildContext context = BuildContext.open(build(null, "FROM inline\n"));

    assertThat(context.dockerfileText()).isEqualTo("FROM inline\n");
    assertThat(names(context)).contains(context.dockerfile());
  }

  @Test
  void modesLinksAndLongNamesSurvive() throws IOException {
    String longName = "deep/" + "x".repeat(90) + "/" + "y".repeat(120) + ".txt";
    write(longName, "long");
    Path script = write("run.sh", "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("run.sh"));
    Path unpacked = unpack(BuildContext.open(build(null, null)));

    assertThat(unpacked.resolve(longName)).hasContent("long");
    assertThat(Files.getPosixFilePermissions(unpacked.resolve("run.sh")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(Files.readSymbolicLink(unpacked.resolve("link"))).isEqualTo(Path.of("run.sh"));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> BuildContext.open(build("No.Dockerfile", null)))
        .withMessage("there is no Dockerfile " + folder.resolve("No.Dockerfile"));
    BuildConfig nowhere =
        new BuildConfig(
            folder.resolve("gone").toString(),
            null,
            null,
            new LinkedHashMap<>(),
            null,
            SourceLocation.of("compose.yml"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> BuildContext.open(nowhere))
        .withMessage("the build context " + folder.resolve("gone") + " is not a folder");
  }

  private BuildConfig build(@Nullable String dockerfile, @Nullable String inline) {
    return new BuildConfig(
        folder.toString(),
        dockerfile,
        inline,
        new LinkedHashMap<>(),
        null,
        SourceLocation.of("compose.yml"));
  }

  private List<String> names(BuildConfig build) throws IOException {
    return names(BuildContext.open(build));
  }

  private List<String> names(BuildContext context) throws IOException {
    return tar("-tf", archive(context).toString()).lines().toList();
  }

  private Path unpack(BuildContext context) throws IOException {
    Path target = Files.createDirectory(elsewhere.resolve("unpacked"));
    tar("-xpf", archive(context).toString(), "-C", target.toString());
    return target;
  }

  private Path archive(BuildContext context) throws IOException {
    Path archive = elsewhere.resolve("context.tar");
    try (OutputStream out = Files.newOutputStream(archive)) {
      context.write(out);
    }
    return archive;
  }

  private static String tar(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "tar";
    System.arraycopy(words, 0, all, 1, words.length);
    Answer answer = Program.of(all).ask(Duration.ofSeconds(20));
    assertThat(answer).isInstanceOf(Answer.Ended.class);
    Answer.Ended ended = (Answer.Ended) answer;
    assertThat(ended.exitCode()).as(ended.errors()).isZero();
    return ended.output();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
