package dev.audition.core.task;

import dev.audition.core.image.ImageConfig;
import dev.audition.core.plan.PlannedContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a container runs, as ECS takes it: there an empty list is the same as none, so clearing the
 * image's entry point or command takes saying the whole line.
 *
 * @param entryPoint null for the image's
 * @param command null for the image's
 */
record StartLine(@Nullable List<String> entryPoint, @Nullable List<String> command) {
  /** Copies pairs of files, then becomes what follows the two dashes. */
  private static final String PLACE_FILES =
      """
      while [ "$1" != -- ]; do
        mkdir -p "${2%/*}/" && cp "$1" "$2" || { echo "audition: cannot place $2" >&2; exit 1; }
        shift 2
      done
      shift
      exec "$@"
      """;

  /**
   * Settle what a container runs; empty if that takes an image configuration that is not known, or
   * if nothing is left to run.
   */
  static Optional<StartLine> of(PlannedContainer container, Optional<ImageConfig> image) {
    List<String> entrypoint = container.entrypoint();
    List<String> command = container.command();
    boolean cleared =
        (entrypoint != null && entrypoint.isEmpty()) || (command != null && command.isEmpty());
    return cleared
        ? line(container, image).map(StartLine::split)
        : Optional.of(new StartLine(entrypoint, command));
  }

  /**
   * Settle what a container runs after files of its own were put in place.
   *
   * @param files where each comes from, by where it goes
   */
  static Optional<StartLine> placingFiles(
      PlannedContainer container, Optional<ImageConfig> image, SequencedMap<String, String> files) {
    return line(container, image)
        .map(
            line -> {
              List<String> words = new ArrayList<>();
              files.forEach(
                  (target, source) -> {
                    words.add(source);
                    words.add(target);
                  });
              words.add("--");
              words.addAll(line);
              return new StartLine(List.of("/bin/sh", "-c", PLACE_FILES, "audition-start"), words);
            });
  }

  /** Return whether enough is known to say the whole line. */
  static boolean isKnown(PlannedContainer container, Optional<ImageConfig> image) {
    return line(container, image).isPresent();
  }

  /** The whole line; an entry point of the service's own leaves out the image's command. */
  private static Optional<List<String>> line(
      PlannedContainer container, Optional<ImageConfig> image) {
    List<String> entrypoint = container.entrypoint();
    List<String> command = container.command();
    if (entrypoint == null && image.isEmpty()) {
      return Optional.empty();
    }
    List<String> line =
        new ArrayList<>(entrypoint == null ? image.orElseThrow().entrypoint() : entrypoint);
    if (command != null) {
      line.addAll(command);
    } else if (entrypoint == null) {
      line.addAll(image.orElseThrow().command());
    }
    return line.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(line));
  }

  /** Say a whole line as an entry point, beside which the image's command does not count. */
  private static StartLine split(List<String> line) {
    return new StartLine(
        List.of(line.getFirst()), line.size() == 1 ? null : line.subList(1, line.size()));
  }
}
