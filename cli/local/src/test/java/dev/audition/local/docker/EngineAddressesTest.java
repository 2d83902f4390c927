package dev.audition.local.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineAddressesTest {
  /** SHA-256 of {@code remote}, as {@code docker context create remote} names its folder. */
  private static final String REMOTE =
      "b71199ebd070b36beab7317920c2c2f1d777df8d05e5527d8458fda57cb17a7a";

  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void liveInAFolderOfOurOwn() {
    environment.put("HOME", home.toString());
  }

  @Test
  void withNothingSaidItIsTheDefaultSocket() {
    Path socket = home.resolve("docker.sock");

    assertThat(find(socket))
        .isEqualTo(new EngineAddress(URI.create("unix://" + socket), "the default socket", null));
  }

  @Test
  void dockerHostWinsOverEveryContext() throws IOException {
    context("remote", "tcp://10.0.0.1:2375");
    environment.put("DOCKER_CONTEXT", "remote");
    environment.put("DOCKER_HOST", "tcp://127.0.0.1:2375");

    assertThat(find().host()).isEqualTo(URI.create("tcp://127.0.0.1:2375"));
    assertThat(find().source()).isEqualTo("DOCKER_HOST");
  }

  @Test
  void theCurrentContextIsUsed() throws IOException {
    context("remote", "tcp://10.0.0.1:2375");
    config("{\"currentContext\": \"remote\"}");

    assertThat(find())
        .isEqualTo(
            new EngineAddress(
                URI.create("tcp://10.0.0.1:2375"), "docker context \"remote\"", null));
  }

  @Test
  void dockerContextWinsOverTheCurrentOne() throws IOException {
    context("remote", "tcp://10.0.0.1:2375");
    config("{\"currentContext\": \"other\"}");
    environment.put("DOCKER_CONTEXT", "remote");

    assertThat(find().host()).isEqualTo(URI.create("tcp://10.0.0.1:2375"));
  }

  @Test
  void theDefaultContextIsTheDefaultSocket() throws IOException {
    config("{\"currentContext\": \"default\"}");

    assertThat(find().source()).isEqualTo("the default socket");
  }

  @Test
  void dockerConfigNamesTheFolder() throws IOException {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    environment.put("DOCKER_CONFIG", elsewhere.toString());
    context(elsewhere, "remote", "tcp://10.0.0.1:2375");
    Files.writeString(elsewhere.resolve("config.json"), "{\"currentContext\": \"remote\"}");

    assertThat(find().host()).isEqualTo(URI.create("tcp://10.0.0.1:2375"));
  }

  @Test
  void aContextThatIsNotThereIsNamed() throws IOException {
    config("{\"currentContext\": \"gone\"}");

    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(this::find)
        .withMessageContaining("docker context \"gone\" is not defined in " + home)
        .withMessageContaining("docker context ls");
  }

  @Test
  void aContextsCertificatesAreUsed() throws IOException {
    context("remote", "tcp://10.0.0.1:2376");
    Path tls =
        Files.createDirectories(
            home.resolve(".docker/contexts/tls").resolve(REMOTE).resolve("docker"));
    environment.put("DOCKER_CONTEXT", "remote");

    assertThat(find().certificates()).isEqualTo(tls);
  }

  @Test
  void tlsOfTheEnvironmentIsUsed() {
    environment.put("DOCKER_HOST", "tcp://10.0.0.1:2376");
    environment.put("DOCKER_TLS_VERIFY", "1");
    assertThat(find().certificates()).isEqualTo(home.resolve(".docker"));

    environment.put("DOCKER_CERT_PATH", "/certificates");
    assertThat(find().certificates()).isEqualTo(Path.of("/certificates"));
  }

  @Test
  void aRootlessEnginesSocketIsFoundWhereTheDefaultOneIsNot() throws IOException {
    Path runtime = Files.createDirectories(home.resolve("runtime"));
    environment.put("XDG_RUNTIME_DIR", runtime.toString());
    Path socket = Files.createFile(runtime.resolve("docker.sock"));

    assertThat(find().socket()).isEqualTo(socket);
  }

  @Test
  void dockerDesktopsSocketIsFoundWhereTheDefaultOneIsNot() throws IOException {
    Files.createDirectories(home.resolve(".docker/run"));
    Path socket = Files.createFile(home.resolve(".docker/run/docker.sock"));

    assertThat(find().socket()).isEqualTo(socket);
  }

  @Test
  void whatIsNoAddressIsRefusedWithTheRightForm() {
    environment.put("DOCKER_HOST", "localhost");

    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(this::find)
        .withMessage(
            "DOCKER_HOST: \"localhost\" is not an engine's address. Write unix:///PATH or"
                + " tcp://HOST:PORT");
  }

  @Test
  void anEngineBehindSshIsRefusedWithAWayOut() {
    environment.put("DOCKER_HOST", "ssh://me@example.com");

    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(this::find)
        .withMessageContaining("ssh -nNT -L");
  }

  @Test
  void brokenSettingsAreAsNoneAndSayWhy() throws IOException {
    config("{\"currentContext\": ");

    assertThat(find().source()).isEqualTo("the default socket");
    assertThat(DockerSettings.read(environment).trouble()).contains("config.json");
  }

  private EngineAddress find() {
    return find(home.resolve("no.sock"));
  }

  private EngineAddress find(Path socket) {
    return EngineAddresses.find(environment, DockerSettings.read(environment), socket);
  }

  private void config(String json) throws IOException {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), json);
  }

  private void context(String name, String host) throws IOException {
    context(home.resolve(".docker"), name, host);
  }

  private static void context(Path folder, String name, String host) throws IOException {
    assertThat(name).isEqualTo("remote");
    Path meta = Files.createDirectories(folder.resolve("contexts/meta").resolve(REMOTE));
    Files.writeString(
        meta.resolve("meta.json"),
        "{\"Name\": \"%s\", \"Endpoints\": {\"docker\": {\"Host\": \"%s\"}}}"
            .formatted(name, host));
  }
}
