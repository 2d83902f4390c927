package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PauseImageTest {
  @Test
  void programIsAStaticExecutableThatBeginsAtItsCode() {
    for (String architecture : new String[] {"amd64", "arm64"}) {
      ByteBuffer elf =
          ByteBuffer.wrap(PauseImage.program(architecture)).order(ByteOrder.LITTLE_ENDIAN);

      assertThat(elf.getInt(0)).isEqualTo(0x464c457f);
      assertThat(elf.getShort(16)).isEqualTo((short) 2);
      assertThat(elf.getShort(18)).isEqualTo((short) (architecture.equals("amd64") ? 62 : 183));
      // The entry lies behind both headers, within the one segment, which is the whole file.
      assertThat(elf.getLong(24)).isEqualTo(elf.getLong(64 + 16) + 64 + 56);
      assertThat(elf.getLong(64 + 32)).isEqualTo(elf.capacity());
    }
  }

  @Test
  void imageIsTheSameToTheByte() {
    assertThat(PauseImage.archive("amd64").toBytes())
        .isEqualTo(PauseImage.archive("amd64").toBytes())
        .isNotEqualTo(PauseImage.archive("arm64").toBytes());
  }

  @Test
  void imageSaysItsNameAndArchitecture() {
    String archive = new String(PauseImage.archive("arm64").toBytes(), StandardCharsets.ISO_8859_1);

    assertThat(archive)
        .contains("\"RepoTags\":[\"audition.local/pause:1\"]")
        .contains("\"architecture\":\"arm64\"")
        .contains("org.opencontainers.image.title");
  }

  @Test
  void otherArchitecturesAreNamed() {
    assertThatThrownBy(() -> PauseImage.program("riscv64"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("riscv64");
  }
}
