package dev.audition.core.image;

import dev.audition.core.compose.Healthcheck;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an image says of the containers made from it.
 *
 * @param id the image's own id or digest
 * @param user empty for root
 * @param workingDir empty for {@code /}
 * @param exposedPorts TCP ports only
 * @param volumes paths the image declares as VOLUME
 * @param healthcheck null if the image has none
 * @param architecture {@code amd64}, {@code arm64}, ...
 * @param stopSignal empty for SIGTERM
 */
public record ImageConfig(
    String id,
    List<String> entrypoint,
    List<String> command,
    SequencedMap<String, String> environment,
    String user,
    String workingDir,
    List<Integer> exposedPorts,
    List<String> volumes,
    @Nullable Healthcheck healthcheck,
    String architecture,
    String stopSignal) {
  public ImageConfig {
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    exposedPorts = List.copyOf(exposedPorts);
    volumes = List.copyOf(volumes);
  }

  /** Read {@code NAME=value} entries, as images write their environment; others say nothing. */
  public static SequencedMap<String, String> variables(List<String> entries) {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        variables.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return variables;
  }
}
