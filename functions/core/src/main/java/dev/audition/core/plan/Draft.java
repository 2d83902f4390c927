package dev.audition.core.plan;

import dev.audition.core.compose.Command;
import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.WellKnownImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A service on its way to become a container: what is said of it, and what is known of its image.
 *
 * @param buildName null if the image is not built
 * @param config null if it is not known
 * @param wellKnown null if the image is not in the catalogue, or is built
 */
record Draft(
    ServiceConfig service,
    boolean candidate,
    String image,
    @Nullable String buildName,
    @Nullable ImageConfig config,
    @Nullable WellKnownImage wellKnown) {
  String name() {
    return service.name();
  }

  SourceLocation location() {
    return service.location();
  }

  /** Return the key's path in the composition. */
  String path(ServiceKey<?> key) {
    return "services." + name() + "." + key.name();
  }

  /** Return the entry point's words; null for the image's. */
  @Nullable List<String> entrypoint() {
    Command entrypoint = service.find(ServiceKey.ENTRYPOINT).orElse(null);
    return entrypoint == null ? null : entrypoint.words();
  }

  /** Return the command's words; null for the image's. */
  @Nullable List<String> command() {
    Command command = service.find(ServiceKey.COMMAND).orElse(null);
    return command == null ? null : command.words();
  }

  SequencedMap<String, String> environment() {
    return service.get(ServiceKey.ENVIRONMENT, new LinkedHashMap<>());
  }

  /** Return the words of entry point and command; lines of shell are split at white space. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    for (List<String> part : parts()) {
      for (String word : part) {
        words.addAll(List.of(word.strip().split("\\s+")));
      }
    }
    return words;
  }

  private List<List<String>> parts() {
    List<String> entrypoint = entrypoint();
    List<String> command = command();
    return List.of(
        entrypoint == null ? List.of() : entrypoint, command == null ? List.of() : command);
  }

  /** Return the catalogue's row if the container runs the server it is about; null otherwise. */
  @Nullable WellKnownImage server() {
    return wellKnown != null && wellKnown.runsServer(entrypoint(), command()) ? wellKnown : null;
  }

  /**
   * Return the port the catalogue's server listens on first, moved by options and variables; empty
   * if it is no such server, or listens on none.
   */
  OptionalInt serverPort() {
    WellKnownImage server = server();
    if (server == null || server.ports().isEmpty()) {
      return OptionalInt.empty();
    }
    int port = server.setting().find(words(), environment()).orElse(server.ports().getFirst());
    return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /**
   * Return whether the container runs what its image was made for: the image's command, options for
   * it, or one that begins with the same program. False if the image is not known.
   */
  boolean runsImageCommand() {
    List<String> command = command();
    if (config == null || entrypoint() != null) {
      return false;
    }
    if (command == null || command.isEmpty() || command.getFirst().startsWith("-")) {
      return true;
    }
    return !config.command().isEmpty() && command.getFirst().equals(config.command().getFirst());
  }
}
