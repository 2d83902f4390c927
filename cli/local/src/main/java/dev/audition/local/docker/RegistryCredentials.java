package dev.audition.local.docker;

import com.github.dockerjava.api.model.AuthConfig;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.core.tree.TreeNode;
import dev.audition.local.process.Program;
import dev.audition.local.process.Program.Answer;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds registry credentials where {@code docker pull} finds them: the registry's own helper
 * ({@code credHelpers}), else the helper for all ({@code credsStore}), else {@code auths}.
 *
 * <p>Nothing found here is ever logged or shown; a registry is asked for once. A helper that fails
 * leaves the pull without credentials, as with {@code docker}, and {@link Found#trouble} says so.
 */
final class RegistryCredentials {
  /** Helpers may ask a cloud for a token; a person is never waited for. */
  private static final Duration HELPER_LIMIT = Duration.ofSeconds(10);

  /** What Docker Hub's credentials are filed under. */
  private static final String DOCKER_HUB_KEY = AuthConfig.DEFAULT_SERVER_ADDRESS;

  /** The user name that says the secret is an identity token. */
  private static final String TOKEN_USER = "<token>";

  private final DockerSettings settings;
  private final Map<String, String> environment;
  private final Map<String, Found> found = new ConcurrentHashMap<>();

  /**
   * Make the credentials of a machine.
   *
   * @param environment whose {@code PATH} the helpers are looked for on
   */
  RegistryCredentials(DockerSettings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
  }

  /**
   * What was found.
   *
   * @param credentials null to pull as nobody
   * @param trouble for the user: why a helper did not help; empty if all is well
   */
  record Found(@Nullable AuthConfig credentials, String trouble) {
    @Override
    public String toString() {
      return "Found[" + (credentials == null ? "none" : "some") + ", " + trouble + "]";
    }
  }

  /** Find the credentials for a registry, such as {@code docker.io} or {@code ghcr.io}. */
  Found find(String registry) {
    return found.computeIfAbsent(registry, this::findNow);
  }

  private Found findNow(String registry) {
    for (String key : keys(registry)) {
      Optional<String> helper =
          settings.mapping("credHelpers").flatMap(all -> DockerSettings.text(all, key));
      if (helper.isPresent()) {
        return ask(helper.get(), key);
      }
    }
    Optional<String> store = settings.text("credsStore");
    return store.isPresent()
        ? ask(store.get(), keys(registry).getFirst())
        : new Found(fromFile(registry), "");
  }

  private static List<String> keys(String registry) {
    return registry.equals(ImageReference.DOCKER_HUB)
        ? List.of(DOCKER_HUB_KEY, ImageReference.DOCKER_HUB, "index.docker.io")
        : List.of(registry, "https://" + registry);
  }

  private Found ask(String helper, String server) {
    String name = "docker-credential-" + helper;
    Optional<Path> program = onPath(name);
    if (program.isEmpty()) {
      return new Found(null, "credential helper " + name + " is not on the PATH");
    }
    return switch (Program.of(program.get().toString(), "get")
        .withInput(server)
        .ask(HELPER_LIMIT)) {
      case Answer.Ended(int exitCode, String output, String _) ->
          exitCode == 0 ? parse(name, server, output) : failed(name, output.strip());
      case Answer.NotStarted(String reason) ->
          new Found(null, "credential helper " + name + " could not be started: " + reason);
      case Answer.TimedOut(Duration limit) ->
          new Found(
              null,
              "credential helper %s took longer than %d s".formatted(name, limit.toSeconds()));
    };
  }

  private Optional<Path> onPath(String name) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, name);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file.toAbsolutePath());
      }
    }
    return Optional.empty();
  }

  private static Found failed(String name, String words) {
    // What every helper says where there is nothing; not worth a word.
    return words.contains("credentials not found")
        ? new Found(null, "")
        : new Found(null, "credential helper " + name + ": " + words);
  }

  private static Found parse(String name, String server, String output) {
    try {
      if (JsonReader.read(output, name) instanceof TreeNode.Mapping answer) {
        String user = DockerSettings.text(answer, "Username").orElse("");
        String secret = DockerSettings.text(answer, "Secret").orElse("");
        AuthConfig credentials = new AuthConfig().withRegistryAddress(server);
        return new Found(
            user.equals(TOKEN_USER)
                ? credentials.withIdentityToken(secret)
                : credentials.withUsername(user).withPassword(secret),
            "");
      }
    } catch (MalformedJsonException e) {
      // Its output may hold the secret, so that nothing of it is repeated.
    }
    return new Found(null, "credential helper " + name + " did not answer in JSON");
  }

  private @Nullable AuthConfig fromFile(String registry) {
    TreeNode.Mapping auths = settings.mapping("auths").orElse(null);
    if (auths == null) {
      return null;
    }
    for (TreeNode.Entry entry : auths.entries()) {
      boolean meant =
          keys(registry).contains(entry.key()) || hostOf(entry.key()).equals(hostOf(registry));
      if (meant && entry.value() instanceof TreeNode.Mapping values) {
        AuthConfig credentials = fromEntry(values);
        if (credentials != null) {
          return credentials.withRegistryAddress(keys(registry).getFirst());
        }
      }
    }
    return null;
  }

  private static String hostOf(String server) {
    String rest = server.replaceFirst("^https?://", "");
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  private static @Nullable AuthConfig fromEntry(TreeNode.Mapping values) {
    AuthConfig credentials = new AuthConfig();
    Optional<String> identity = DockerSettings.text(values, "identitytoken");
    Optional<String> token = DockerSettings.text(values, "registrytoken");
    identity.ifPresent(credentials::withIdentityToken);
    token.ifPresent(credentials::withRegistrytoken);
    String user = DockerSettings.text(values, "username").orElse("");
    String password = DockerSettings.text(values, "password").orElse("");
    String both = decoded(DockerSettings.text(values, "auth").orElse(""));
    int colon = both.indexOf(':');
    if (colon > 0) {
      user = both.substring(0, colon);
      password = both.substring(colon + 1);
    }
    if (!user.isEmpty()) {
      credentials.withUsername(user).withPassword(password);
    }
    return user.isEmpty() && identity.isEmpty() && token.isEmpty() ? null : credentials;
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8)
          .replace("\0", "");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
