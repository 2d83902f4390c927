package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a command what it would hand on to later steps and cannot yet: variables by {@code
 * cf_export}, and files that lie on the volume beside the repository. (Codefresh: "Variables in
 * pipelines", "Pipeline volume".)
 */
final class HandedOn {
  private static final Pattern EXPORT = Pattern.compile("\\bcf_export\\b|env_vars_to_export");
  private static final Pattern VOLUME =
      Pattern.compile(
          "(?:/codefresh/volume|\\$\\{\\{\\s*CF_VOLUME_PATH\\s*}}|\\$\\{?CF_VOLUME_PATH\\b}?)/([\\w.-]+)");

  private HandedOn() {}

  static void warn(Reading reading, Scalar command, String path) {
    if (EXPORT.matcher(command.text()).find()) {
      reading
          .diagnostics()
          .warn(
              Category.UNSUPPORTED,
              command.location(),
              path,
              "cf_export hands variables to later steps, which is not done yet; the command is not"
                  + " found when the step runs",
              "Give what later steps need with --var NAME=VALUE.");
    }
    String repository = reading.workspace().repository();
    Matcher beside = VOLUME.matcher(command.text());
    while (beside.find()) {
      if (!beside.group(1).equals(repository) && !beside.group(1).startsWith("env_vars_to_")) {
        reading
            .diagnostics()
            .warn(
                Category.UNSUPPORTED,
                command.location(),
                path,
                "files in %s are seen by this step only: of the volume, /codefresh/volume/%s is shared between steps"
                    .formatted("/codefresh/volume/" + beside.group(1), repository),
                "Let steps hand files on below /codefresh/volume/%s.".formatted(repository));
        return;
      }
    }
  }
}
