package dev.audition.local.docker;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine that the {@code docker} command would use: {@code DOCKER_HOST}, else the context
 * of {@code DOCKER_CONTEXT}, else the current context, else the default socket, or where a rootless
 * engine or Docker Desktop has its own.
 */
public final class EngineAddresses {
  private static final Path DEFAULT_SOCKET = Path.of("/var/run/docker.sock");

  private EngineAddresses() {}

  /**
   * Find the engine's address; nothing is sent.
   *
   * @throws EngineUnavailableException if what is named cannot be an engine: a context that is not
   *     there, an address that is none
   */
  public static EngineAddress find(Map<String, String> environment, DockerSettings settings) {
    return find(environment, settings, DEFAULT_SOCKET);
  }

  static EngineAddress find(
      Map<String, String> environment, DockerSettings settings, Path defaultSocket) {
    String host = environment.getOrDefault("DOCKER_HOST", "");
    if (!host.isEmpty()) {
      return new EngineAddress(
          uri(host, "DOCKER_HOST"), "DOCKER_HOST", certificates(environment, settings));
    }
    String named = environment.getOrDefault("DOCKER_CONTEXT", "");
    String context = named.isEmpty() ? settings.text("currentContext").orElse("default") : named;
    if (context.equals("default")) {
      return defaultAddress(environment, defaultSocket);
    }
    String source = "docker context \"" + context + "\"";
    DockerSettings.Context found =
        settings
            .context(context)
            .orElseThrow(
                () ->
                    new EngineUnavailableException(
                        source + " is not defined in " + settings.folder(),
                        "List contexts with: docker context ls; choose one with: docker context use"
                            + " NAME"));
    return new EngineAddress(uri(found.host(), source), source, found.certificates());
  }

  private static @Nullable Path certificates(
      Map<String, String> environment, DockerSettings settings) {
    if (environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty()) {
      return null;
    }
    String folder = environment.getOrDefault("DOCKER_CERT_PATH", "");
    return folder.isEmpty() ? settings.folder() : Path.of(folder).toAbsolutePath();
  }

  private static EngineAddress defaultAddress(Map<String, String> environment, Path defaultSocket) {
    List<Path> others = new ArrayList<>();
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.isEmpty()) {
      others.add(Path.of(runtime, "docker.sock"));
    }
    others.add(DockerSettings.home(environment).resolve(".docker/run/docker.sock"));
    if (!Files.isWritable(defaultSocket)) {
      for (Path other : others) {
        if (Files.isWritable(other)) {
          return new EngineAddress(URI.create("unix://" + other), "the socket found", null);
        }
      }
    }
    return new EngineAddress(URI.create("unix://" + defaultSocket), "the default socket", null);
  }

  private static URI uri(String text, String source) {
    try {
      URI uri = new URI(text);
      return switch (String.valueOf(uri.getScheme())) {
        case "unix", "tcp", "http", "https" -> uri;
        case "ssh" ->
            throw new EngineUnavailableException(
                source + ": " + text + ": engines behind ssh are not reached from here",
                "Forward its socket and name that: ssh -nNT -L"
                    + " /tmp/engine.sock:/var/run/docker.sock HOST & export"
                    + " DOCKER_HOST=unix:///tmp/engine.sock");
        default -> throw notAnAddress(text, source);
      };
    } catch (URISyntaxException e) {
      throw notAnAddress(text, source);
    }
  }

  private static EngineUnavailableException notAnAddress(String text, String source) {
    return new EngineUnavailableException(
        source + ": \"" + text + "\" is not an engine's address",
        "Write unix:///PATH or tcp://HOST:PORT");
  }
}
