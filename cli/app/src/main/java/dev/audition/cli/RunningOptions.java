package dev.audition.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a run goes on and what it leaves. */
final class RunningOptions {
  @Option(
      names = "--timeout",
      paramLabel = "10m",
      description = "The deadline of the whole run: 90s, 10m, 1h30m")
  @Nullable String timeout;

  @Option(
      names = "--keep",
      description = "Leave the containers for a look inside; `audition rm` removes them")
  boolean keep;

  @Option(
      names = "--wait-teardown",
      description = "Return only when everything is removed, not as soon as the verdict is known")
  boolean waitTeardown;

  @Option(names = "--no-hooks", description = "Send no notifications")
  boolean noHooks;

  @Option(
      names = "--allow-private-hooks",
      description =
          "Let notifications go by plain http and to this machine or a private network, too")
  boolean allowPrivateHooks;

  @Option(names = "--json", description = "Print one JSON document on stdout")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only the verdict")
  boolean quiet;
}
