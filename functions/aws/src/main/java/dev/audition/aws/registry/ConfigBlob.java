package dev.audition.aws.registry;

import dev.audition.core.compose.Healthcheck;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.tree.TreeNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the configuration of an image, leniently: what is absent is empty. */
final class ConfigBlob {
  private ConfigBlob() {}

  /**
   * Translate a configuration blob.
   *
   * @param digest the image's own name
   */
  static ImageConfig read(String digest, TreeNode blob) {
    TreeNode config = Documents.child(blob, "config");
    return new ImageConfig(
        digest,
        Documents.texts(config, "Entrypoint"),
        Documents.texts(config, "Cmd"),
        ImageConfig.variables(Documents.texts(config, "Env")),
        Documents.text(config, "User"),
        Documents.text(config, "WorkingDir"),
        ports(Documents.keys(config, "ExposedPorts")),
        Documents.keys(config, "Volumes").stream().sorted().toList(),
        healthcheck(Documents.child(config, "Healthcheck")),
        Documents.text(blob, "architecture"),
        Documents.text(config, "StopSignal"));
  }

  /** {@code 80/tcp}, {@code 53/udp}, or {@code 80} alone, which is TCP. */
  private static List<Integer> ports(List<String> texts) {
    return texts.stream()
        .filter(text -> text.matches("\\d{1,5}(/tcp)?"))
        .map(text -> Integer.valueOf(text.split("/", 2)[0]))
        .filter(port -> port >= 1 && port <= 65535)
        .distinct()
        .sorted()
        .toList();
  }

  /** Nanoseconds, and 0 or nothing for what the image leaves to the default. */
  private static @Nullable Healthcheck healthcheck(TreeNode check) {
    List<String> test = Documents.texts(check, "Test");
    if (test.isEmpty()) {
      return null;
    }
    if (test.getFirst().equals("NONE")) {
      return new Healthcheck(true, List.of(), null, null, null, null, null);
    }
    long retries = Documents.number(check, "Retries");
    return new Healthcheck(
        false,
        test,
        duration(check, "Interval"),
        duration(check, "Timeout"),
        retries <= 0 ? null : (int) Math.min(retries, Integer.MAX_VALUE),
        duration(check, "StartPeriod"),
        duration(check, "StartInterval"));
  }

  private static @Nullable Duration duration(TreeNode check, String field) {
    long nanoseconds = Documents.number(check, field);
    return nanoseconds <= 0 ? null : Duration.ofNanos(nanoseconds);
  }
}
