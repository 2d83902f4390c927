package dev.audition.local.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.AuthConfig;
import dev.audition.local.docker.RegistryCredentials.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCredentialsTest {
  @TempDir private Path folder;

  @Test
  void withoutSettingsThereAreNone() {
    assertThat(find("docker.io")).isEqualTo(new Found(null, ""));
  }

  @Test
  void theFilesOwnEntryIsDecoded() throws IOException {
    config("{\"auths\": {\"ghcr.io\": {\"auth\": \"%s\"}}}".formatted(base64("zoe:pa:ss")));

    AuthConfig credentials = credentials("ghcr.io");

    assertThat(credentials.getUsername()).isEqualTo("zoe");
    assertThat(credentials.getPassword()).isEqualTo("pa:ss");
    assertThat(credentials.getRegistryAddress()).isEqualTo("ghcr.io");
    assertThat(find("quay.io").credentials()).isNull();
  }

  @Test
  void anEntryWrittenAsUrlIsFoundByItsHost() throws IOException {
    config(
        "{\"auths\": {\"https://example.com/v2/\": {\"auth\": \"%s\"}}}"
            .formatted(base64("zoe:secret")));

    assertThat(credentials("example.com").getUsername()).isEqualTo("zoe");
  }

  @Test
  void dockerHubsEntryIsUnderItsOldAddress() throws IOException {
    config(
        "{\"auths\": {\"https://index.docker.io/v1/\": {\"auth\": \"%s\"}}}"
            .formatted(base64("zoe:secret")));

    assertThat(credentials("docker.io").getPassword()).isEqualTo("secret");
  }

  @Test
  void anIdentityTokenIsHandedOn() throws IOException {
    config("{\"auths\": {\"ghcr.io\": {\"identitytoken\": \"a-token\"}}}");

    assertThat(credentials("ghcr.io").getIdentitytoken()).isEqualTo("a-token");
  }

  @Test
  void theHelperForAllIsAskedForTheServer() throws IOException {
    config("{\"credsStore\": \"vault\"}");
    helper(
        "vault",
        "read server; echo \"{\\\"Username\\\": \\\"$server\\\", \\\"Secret\\\": \\\"s\\\"}\"");

    assertThat(credentials("ghcr.io").getUsername()).isEqualTo("ghcr.io");
    assertThat(credentials("docker.io").getUsername()).isEqualTo("https://index.docker.io/v1/");
  }

  @Test
  void aRegistrysOwnHelperWinsOverTheHelperForAll() throws IOException {
    config("{\"credsStore\": \"vault\", \"credHelpers\": {\"ghcr.io\": \"own\"}}");
    helper("vault", "echo '{\"Username\": \"of vault\", \"Secret\": \"s\"}'");
    helper("own", "echo '{\"Username\": \"of own\", \"Secret\": \"s\"}'");

    assertThat(credentials("ghcr.io").getUsername()).isEqualTo("of own");
    assertThat(credentials("quay.io").getUsername()).isEqualTo("of vault");
  }

  @Test
  void aTokenOfAHelperIsAnIdentityToken() throws IOException {
    config("{\"credsStore\": \"vault\"}");
    helper("vault", "echo '{\"Username\": \"<token>\", \"Secret\": \"the-token\"}'");

    AuthConfig credentials = credentials("ghcr.io");

    assertThat(credentials.getIdentitytoken()).isEqualTo("the-token");
    assertThat(credentials.getUsername()).isNull();
  }

  @Test
  void aHelperThatHasNothingIsNoTrouble() throws IOException {
    config("{\"credsStore\": \"vault\"}");
    helper("vault", "echo 'credentials not found in native keychain'; exit 1");

    assertThat(find("ghcr.io")).isEqualTo(new Found(null, ""));
  }

  @Test
  void aHelperThatFailsIsTold() throws IOException {
    config("{\"credsStore\": \"vault\"}");
    helper("vault", "echo 'the vault is locked'; exit 1");

    assertThat(find("ghcr.io"))
        .isEqualTo(
            new Found(null, "credential helper docker-credential-vault: the vault is locked"));
  }

  @Test
  void aHelperThatIsNotInstalledIsTold() throws IOException {
    config("{\"credsStore\": \"vault\"}");

    assertThat(find("ghcr.io").trouble())
        .isEqualTo("credential helper docker-credential-vault is not on the PATH");
  }

  @Test
  void whatAHelperSaysIsNeverRepeated() throws IOException {
    config("{\"credsStore\": \"vault\"}");
    helper("vault", "echo 'Secret: hunter2'");

    Found found = find("ghcr.io");

    assertThat(found.trouble()).isNotEmpty().doesNotContain("hunter2");
    config("{\"auths\": {\"ghcr.io\": {\"auth\": \"%s\"}}}".formatted(base64("zoe:hunter2")));
    assertThat(find("ghcr.io").toString()).doesNotContain("hunter2");
  }

  private Found find(String registry) {
    String path = folder + ":/usr/bin:/bin";
    Map<String, String> environment = Map.of("DOCKER_CONFIG", folder.toString(), "PATH", path);
    return new RegistryCredentials(DockerSettings.read(environment), environment).find(registry);
  }

  private AuthConfig credentials(String registry) {
    return Objects.requireNonNull(find(registry).credentials());
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }

  private void helper(String name, String script) throws IOException {
    Path file = folder.resolve("docker-credential-" + name);
    Files.writeString(file, "#!/bin/sh\n[ \"$1\" = get ] || exit 9\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
