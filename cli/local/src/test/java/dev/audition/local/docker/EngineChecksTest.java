package dev.audition.local.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.local.docker.EngineCheck.Finding;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineChecksTest {
  @TempDir private Path folder;

  @Test
  void aSocketThatIsNotThereIsNamed() {
    Finding finding = problem(folder.resolve("docker.sock"));

    assertThat(finding.text())
        .isEqualTo(
            "no Docker engine at %s (a test): there is no such socket"
                .formatted(folder.resolve("docker.sock")));
    assertThat(finding.remedy()).contains("DOCKER_HOST");
  }

  @Test
  void aSocketNobodyListensOnIsNoEngine() throws IOException {
    Path socket = folder.resolve("docker.sock");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket))
        .close();
    assertThat(Files.exists(socket)).isTrue();

    assertThat(problem(socket).text()).contains("nothing listens");
  }

  @Test
  void anEngineThatHangsIsNotWaitedForLongerThanTheLimit() throws IOException {
    Path socket = folder.resolve("docker.sock");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket));

      assertThat(problem(socket).text()).contains("did not answer within 300 ms");
    }
  }

  @Test
  void aVersionIsComparedByItsNumbers() {
    assertThat(EngineChecks.older("1.9", "1.40")).isTrue();
    assertThat(EngineChecks.older("1.41", "1.40")).isFalse();
    assertThat(EngineChecks.older("1.40", "1.40")).isFalse();
    assertThat(EngineChecks.older("2.0", "1.40")).isFalse();
    assertThat(EngineChecks.older("", "1.40")).isFalse();
  }

  @Test
  @Tag("docker")
  void theEngineOfThisMachineIsUsableAndSaysWhatItIs() {
    EngineAddress address =
        EngineAddresses.find(System.getenv(), DockerSettings.read(System.getenv()));

    EngineCheck check = EngineChecks.check(address, Duration.ofSeconds(10));

    assertThat(check.usable()).as(check.toString()).isTrue();
    assertThat(check.facts()).isNotNull();
    assertThat(check.findings())
        .extracting(Finding::subject)
        .containsExactly("engine", "memory", "cgroup", "storage", "disk");
  }

  private static Finding problem(Path socket) {
    EngineAddress address = new EngineAddress(URI.create("unix://" + socket), "a test", null);
    EngineCheck check = EngineChecks.check(address, Duration.ofMillis(300));
    assertThat(check.usable()).isFalse();
    assertThat(check.facts()).isNull();
    return check.findings().getFirst();
  }
}
