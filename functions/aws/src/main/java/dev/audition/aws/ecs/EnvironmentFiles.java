package dev.audition.aws.ecs;

import dev.audition.core.run.RunFiles;
import dev.audition.core.run.TaskKey;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.task.LaunchValues;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Puts the variables of a launch where ECS reads them: one private object per container, under a
 * key that follows from whose it is, so that a launch that is repeated finds the same.
 */
final class EnvironmentFiles {
  private final BlobStore blobs;

  EnvironmentFiles(BlobStore blobs) {
    this.blobs = blobs;
  }

  /** Write the files of a launch. */
  void write(TaskKey key, LaunchValues values) {
    values
        .files()
        .forEach(
            (container, variables) ->
                blobs.put(
                    RunFiles.environment(key, container),
                    text(variables).getBytes(StandardCharsets.UTF_8)));
  }

  /** Spell a file as the ECS agent reads it: a line is a variable, its value all that follows. */
  static String text(Map<String, String> variables) {
    StringBuilder text = new StringBuilder();
    variables.forEach(
        (name, value) -> {
          if (value.isEmpty() || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(
                "variable: %s (expected: neither empty nor with a line break)".formatted(name));
          }
          text.append(name).append('=').append(value).append('\n');
        });
    return text.toString();
  }
}
