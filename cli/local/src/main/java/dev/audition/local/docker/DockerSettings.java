package dev.audition.local.docker;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.core.tree.TreeNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the {@code docker} command on this machine: its folder, {@code config.json} and
 * contexts. Read with its rules, so that what works with {@code docker} works here.
 */
public final class DockerSettings {
  private final Path folder;
  private final TreeNode.@Nullable Mapping config;
  private final String trouble;

  private DockerSettings(Path folder, TreeNode.@Nullable Mapping config, String trouble) {
    this.folder = folder;
    this.config = config;
    this.trouble = trouble;
  }

  /**
   * Read the settings; a file that is missing or cannot be read is as an empty one.
   *
   * @param environment {@code DOCKER_CONFIG} or {@code HOME} say where the folder is
   */
  public static DockerSettings read(Map<String, String> environment) {
    String named = environment.getOrDefault("DOCKER_CONFIG", "");
    Path folder =
        named.isEmpty() ? home(environment).resolve(".docker") : Path.of(named).toAbsolutePath();
    Path file = folder.resolve("config.json");
    try {
      TreeNode node = JsonReader.read(Files.readString(file), file.toString());
      return node instanceof TreeNode.Mapping mapping
          ? new DockerSettings(folder, mapping, "")
          : new DockerSettings(folder, null, file + ": not a JSON object");
    } catch (NoSuchFileException e) {
      return new DockerSettings(folder, null, "");
    } catch (IOException e) {
      return new DockerSettings(folder, null, file + ": cannot be read: " + e.getMessage());
    } catch (MalformedJsonException e) {
      return new DockerSettings(folder, null, String.valueOf(e.getMessage()));
    }
  }

  /** Return the home folder that an environment names, else the Java runtime's. */
  static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home", "/") : home);
  }

  /** Return the folder, such as {@code ~/.docker}. */
  Path folder() {
    return folder;
  }

  /** Return why {@code config.json} could not be used; empty if it could, or is not there. */
  public String trouble() {
    return trouble;
  }

  /** Find a text at the top of {@code config.json}; empty text counts as absent. */
  Optional<String> text(String key) {
    return config == null ? Optional.empty() : text(config, key);
  }

  /** Find a mapping at the top of {@code config.json}. */
  Optional<TreeNode.Mapping> mapping(String key) {
    return config == null ? Optional.empty() : mapping(config, key);
  }

  /** Find a text in a mapping; empty text counts as absent. */
  static Optional<String> text(TreeNode.Mapping mapping, String key) {
    return mapping
        .find(key)
        .filter(TreeNode.Scalar.class::isInstance)
        .map(node -> ((TreeNode.Scalar) node).text())
        .filter(text -> !text.isEmpty());
  }

  private static Optional<TreeNode.Mapping> mapping(TreeNode.Mapping mapping, String key) {
    return mapping
        .find(key)
        .filter(TreeNode.Mapping.class::isInstance)
        .map(TreeNode.Mapping.class::cast);
  }

  /** One docker context: where its engine is; certificates null without TLS. */
  record Context(String host, @Nullable Path certificates) {}

  /** Find a context by name; empty if there is none or it names no Docker engine. */
  Optional<Context> context(String name) {
    String key = sha256(name);
    Path meta = folder.resolve("contexts/meta").resolve(key).resolve("meta.json");
    try {
      if (!(JsonReader.read(Files.readString(meta), meta.toString())
          instanceof TreeNode.Mapping context)) {
        return Optional.empty();
      }
      Path tls = folder.resolve("contexts/tls").resolve(key).resolve("docker");
      return mapping(context, "Endpoints")
          .flatMap(endpoints -> mapping(endpoints, "docker"))
          .flatMap(docker -> text(docker, "Host"))
          .map(host -> new Context(host, Files.isDirectory(tls) ? tls : null));
    } catch (IOException | MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
