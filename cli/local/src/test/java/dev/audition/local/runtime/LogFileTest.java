package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
  @TempDir Path folder;

  @Test
  void lastLinesAreRead() throws IOException {
    Path file = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\nfour");

    assertThat(LogFile.tail(file, 2)).containsExactly("three", "four");
    assertThat(LogFile.tail(file, 9)).containsExactly("one", "two", "three", "four");
  }

  @Test
  void hugeFileIsReadFromItsEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("a.log"), "0123456789abcde\n".repeat(500_000));

    assertThat(LogFile.tail(file, 3)).hasSize(3).containsOnly("0123456789abcde");
    assertThat(LogFile.tail(file, Integer.MAX_VALUE)).hasSizeLessThan(20_000);
  }

  @Test
  void noFileIsNoLines() {
    assertThat(LogFile.tail(folder.resolve("none.log"), 5)).isEmpty();
  }
}
