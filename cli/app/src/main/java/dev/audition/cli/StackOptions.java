package dev.audition.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which deployment is meant. */
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class StackOptions {
  @Option(
      names = "--stack",
      required = true,
      paramLabel = "NAME",
      description = "The deployed CloudFormation stack")
  String stack;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Where it is deployed (default: AWS_REGION, AWS_DEFAULT_REGION)")
  @Nullable String region;

  /** Return the region that is meant. */
  String region(Map<String, String> environment) {
    String meant = region;
    for (String name : new String[] {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
      if (meant == null || meant.isEmpty()) {
        meant = environment.get(name);
      }
    }
    if (meant == null || meant.isEmpty()) {
      throw new UsageException("which region? Give --region, or set AWS_REGION");
    }
    return meant;
  }
}
