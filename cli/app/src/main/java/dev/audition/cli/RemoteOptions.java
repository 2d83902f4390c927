package dev.audition.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a deployment is meant, and which; this machine if none is named. */
final class RemoteOptions {
  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "In this deployed CloudFormation stack, instead of on this machine")
  @Nullable String stack;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Where it is deployed (default: AWS_REGION, AWS_DEFAULT_REGION)")
  @Nullable String region;

  /** Return the deployment that is meant; empty for this machine. */
  Optional<StackOptions> deployment() {
    String named = stack;
    if (named == null) {
      if (region != null) {
        throw new UsageException("--region says where a deployment is: give --stack, too");
      }
      return Optional.empty();
    }
    return Optional.of(StackOptions.of(named, region));
  }
}
