package dev.audition.local.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.RunId;
import dev.audition.local.docker.EngineAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeeperProcessTest {
  @TempDir Path folder;

  @AfterEach
  void forgetTheCache() {
    System.clearProperty("audition.cache");
  }

  @Test
  void theVirtualMachineTakesTheOptionsTogetherWithAStartCache()
      throws IOException, InterruptedException {
    Path cache = Files.writeString(folder.resolve("start.aot"), "no cache at all");
    System.setProperty("audition.cache", cache.toString());
    List<String> command =
        KeeperProcess.command(
            new RunId("a-run"),
            folder,
            new EngineAddress(URI.create("unix:///var/run/docker.sock"), "a test", null));
    List<String> options = new ArrayList<>(command.subList(0, command.indexOf("-cp")));
    assertThat(options).anyMatch(option -> option.startsWith("-XX:AOTCache="));
    options.add("-version");

    Process process = new ProcessBuilder(options).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
  }
}
