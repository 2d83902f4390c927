package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(lines::add);

  @Test
  void linesAreCutAcrossPieces() {
    take("on");
    take("e\ntwo\r\n\nth");
    take("ree");

    assertThat(lines).containsExactly("one", "two", "");

    splitter.flush();

    assertThat(lines).containsExactly("one", "two", "", "three");
  }

  @Test
  void characterCutInTwoIsWhole() {
    byte[] bytes = "ü\n".getBytes(StandardCharsets.UTF_8);
    splitter.take(new byte[] {bytes[0]});
    splitter.take(new byte[] {bytes[1], bytes[2]});

    assertThat(lines).containsExactly("ü");
  }

  @Test
  void endlessLineIsPassedOnInPieces() {
    byte[] piece = "x".repeat(5_000).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 10; i++) {
      splitter.take(piece);
    }
    splitter.flush();

    assertThat(lines).allMatch(line -> line.length() <= LineSplitter.LONGEST).hasSize(4);
    assertThat(String.join("", lines)).hasSize(50_000);
  }

  @Test
  void bytesThatAreNoTextDoNoHarm() {
    splitter.take(new byte[] {0, (byte) 0xff, (byte) 0xfe, '\n'});

    assertThat(lines).containsExactly("\0\uFFFD\uFFFD");
  }

  @Test
  void nothingIsNoLine() {
    splitter.take(new byte[0]);
    splitter.flush();

    assertThat(lines).isEmpty();
  }

  private void take(String text) {
    splitter.take(text.getBytes(StandardCharsets.UTF_8));
  }
}
