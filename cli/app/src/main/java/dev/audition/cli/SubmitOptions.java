package dev.audition.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a run is asked for in a deployment. */
final class SubmitOptions {
  private static final Duration LONGEST = Duration.ofHours(24);

  @Option(
      names = "--project",
      paramLabel = "NAME",
      description =
          "Whose share and permissions the run has (default: owner/name of the git remote, or the"
              + " folder's name)")
  @Nullable String project;

  @Option(
      names = "--secret",
      paramLabel = "NAME",
      description =
          "A variable that is a secret of the project there; nothing of it is sent. May be"
              + " repeated")
  List<String> secrets = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "10m",
      description = "The deadline of the whole run: 90s, 10m, 1h30m, at most 24h")
  @Nullable String timeout;

  @Option(
      names = "--queue-timeout",
      paramLabel = "30m",
      description =
          "How long it may wait for room before it begins, at most 24h; then it is TIMED_OUT"
              + " (default: as long as it takes)")
  @Nullable String queueTimeout;

  @Option(
      names = "--wait",
      description = "Stay until the verdict; its exit code is the one that run would have")
  boolean wait;

  @Option(names = "--json", description = "Print one JSON document on stdout")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only the run's id; with --wait only the verdict")
  boolean quiet;

  /**
   * What is asked for beside the file.
   *
   * @param project null for the one that the work tree says
   * @param timeout of the whole run; null for none
   * @param queueTimeout how long it may wait before it begins; null for as long as it takes
   */
  record Terms(
      @Nullable String project,
      @Nullable Duration timeout,
      @Nullable Duration queueTimeout,
      ProjectSecrets secrets) {}

  /**
   * Read what was given.
   *
   * @throws UsageException if anything of it cannot be meant
   */
  Terms terms() {
    return new Terms(
        project,
        limit("--timeout", timeout),
        limit("--queue-timeout", queueTimeout),
        ProjectSecrets.of(secrets));
  }

  private static @Nullable Duration limit(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Duration limit = Requests.duration(option, text);
    if (limit.compareTo(LONGEST) > 0) {
      throw new UsageException("%s: at most 24h, not %s".formatted(option, text));
    }
    return limit;
  }
}
