package dev.audition.handlers.wire;

import dev.audition.core.tree.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What RunTask refuses before it looks for capacity. */
final class RunTaskRules {
  private static final int MOST_OVERRIDES = 8192;
  private static final int MOST_TASKS = 10;
  private static final int MOST_TAGS = 50;
  private static final int MOST_SUBNETS = 16;
  private static final int MOST_SECURITY_GROUPS = 5;
  private static final Pattern STARTED_BY = Pattern.compile("[A-Za-z0-9_/-]{0,128}");
  private static final Pattern CLIENT_TOKEN = Pattern.compile("[\\x21-\\x7e]{0,64}");

  private RunTaskRules() {}

  static void check(Fields request, RegisteredDefinition definition) {
    int count = request.number("count", 1);
    require(count >= 1 && count <= MOST_TASKS, "count: " + count);
    require(
        STARTED_BY.matcher(request.text("startedBy")).matches(),
        "startedBy: " + request.text("startedBy"));
    require(
        CLIENT_TOKEN.matcher(request.text("clientToken")).matches(),
        "clientToken: " + request.text("clientToken"));
    require(request.list("tags").size() <= MOST_TAGS, "too many tags");
    require(
        !request.has("launchType") || request.list("capacityProviderStrategy").isEmpty(),
        "Specifying both a launch type and capacity provider strategy is not supported. Remove one"
            + " and try again.");
    require(
        !request.text("propagateTags").equals("SERVICE"),
        "propagateTags: SERVICE is not supported for RunTask");
    checkNetwork(request);
    checkOverrides(request, definition);
  }

  private static void checkNetwork(Fields request) {
    Fields network = request.object("networkConfiguration").object("awsvpcConfiguration");
    int subnets = network.texts("subnets").size();
    require(
        subnets >= 1,
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    require(subnets <= MOST_SUBNETS, "subnets: " + subnets);
    int groups = network.texts("securityGroups").size();
    require(groups <= MOST_SECURITY_GROUPS, "securityGroups: " + groups);
  }

  private static void checkOverrides(Fields request, RegisteredDefinition definition) {
    Fields overrides = request.object("overrides");
    int length = JsonWriter.write(overrides.object()).getBytes(StandardCharsets.UTF_8).length;
    require(
        length <= MOST_OVERRIDES, "Container Overrides length must be at most " + MOST_OVERRIDES);
    Set<String> names =
        definition.containers().stream()
            .map(container -> container.text("name"))
            .collect(Collectors.toSet());
    for (Fields override : overrides.list("containerOverrides")) {
      String name = override.text("name");
      require(
          names.contains(name),
          "Override for container named %s is not a container in the TaskDefinition."
              .formatted(name));
      for (Fields file : override.list("environmentFiles")) {
        require(
            file.text("type").equals("s3") && file.text("value").endsWith(".env"),
            "environment file: " + file.text("value"));
      }
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw EcsError.invalidParameter(otherwise);
    }
  }
}
