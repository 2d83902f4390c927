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

  /** Make these of what was given elsewhere. */
  static StackOptions of(String stack, @Nullable String region) {
    StackOptions options = new StackOptions();
    options.stack = stack;
    options.region = region;
    return options;
  }

  /** Return the options to paste into another command line that means the same deployment. */
  String words() {
    return "--stack " + stack + (region == null ? "" : " --region " + region);
  }

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
