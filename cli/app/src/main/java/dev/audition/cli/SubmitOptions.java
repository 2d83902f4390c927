package dev.audition.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a run is asked for in a deployment. */
final class SubmitOptions {
  @Option(
      names = "--project",
      paramLabel = "NAME",
      description =
          "Whose share and permissions the run has (default: owner/name of the git remote, or the"
              + " folder's name)")
  @Nullable String project;

  @Option(
      names = "--timeout",
      paramLabel = "10m",
      description = "The deadline of the whole run: 90s, 10m, 1h30m, at most 24h")
  @Nullable String timeout;

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
}
