package dev.audition.core.task;

import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the input of {@code RunTask} for a task on Fargate against what ECS refuses, as far as the
 * request itself shows it.
 *
 * <p>Sources: the API reference's shapes and the service quotas of ECS.
 */
public final class RunTaskRules {
  /** The most characters of overrides, punctuation included. */
  public static final int MAXIMUM_OVERRIDES = 8192;

  /** The most tasks of one call. */
  private static final int MOST_TASKS = 10;

  private static final Set<String> FIELDS =
      Set.of(
          "capacityProviderStrategy",
          "clientToken",
          "cluster",
          "count",
          "enableECSManagedTags",
          "enableExecuteCommand",
          "group",
          "launchType",
          "networkConfiguration",
          "overrides",
          "platformVersion",
          "propagateTags",
          "referenceId",
          "startedBy",
          "tags",
          "taskDefinition");

  /** What an override can say of a container. */
  private static final Set<String> OVERRIDABLE =
      Set.of(
          "name",
          "command",
          "environment",
          "environmentFiles",
          "cpu",
          "memory",
          "memoryReservation");

  private static final Pattern STARTED_BY = Pattern.compile("[A-Za-z0-9/_-]{1,128}");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,64}");

  private final List<String> broken = new ArrayList<>();
  private final JsonFields request;

  private RunTaskRules(JsonFields request) {
    this.request = request;
  }

  /**
   * Return one line for each rule that is broken; none if ECS would take the request.
   *
   * @param containers the names of the task definition's containers
   */
  public static List<String> check(TreeNode request, Set<String> containers) {
    if (!(request instanceof Mapping mapping)) {
      return List.of("a request is an object, not " + request.kind());
    }
    RunTaskRules rules = new RunTaskRules(new JsonFields(mapping));
    rules.checkNames();
    rules.checkWhere();
    rules.checkNetwork();
    rules.checkOverrides(containers);
    return List.copyOf(rules.broken);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  private void checkNames() {
    for (String field : request.names()) {
      require(FIELDS.contains(field), "unknown field, or not for Fargate: " + field);
    }
    require(!request.text("taskDefinition").isEmpty(), "taskDefinition is required");
    require(
        !request.has("startedBy") || STARTED_BY.matcher(request.text("startedBy")).matches(),
        "startedBy: " + request.text("startedBy"));
    require(
        !request.has("clientToken") || TOKEN.matcher(request.text("clientToken")).matches(),
        "clientToken: " + request.text("clientToken"));
    long count = request.has("count") ? request.number("count") : 1;
    require(count >= 1 && count <= MOST_TASKS, "count: %d (expected: 1 to 10)".formatted(count));
    require(
        !request.has("propagateTags")
            || Set.of("TASK_DEFINITION", "NONE").contains(request.text("propagateTags")),
        "propagateTags: " + request.text("propagateTags"));
    TagRules.check(request.list("tags")).forEach(broken::add);
  }

  private void checkWhere() {
    List<JsonFields> strategy = request.list("capacityProviderStrategy");
    require(
        strategy.isEmpty() || !request.has("launchType"),
        "a capacity provider strategy and a launch type exclude each other");
    require(
        !request.has("launchType") || request.text("launchType").equals("FARGATE"),
        "launchType: " + request.text("launchType"));
    require(
        strategy.isEmpty() || strategy.stream().anyMatch(one -> one.number("weight") > 0),
        "a capacity provider strategy needs at least one weight above 0");
    require(
        strategy.stream().filter(one -> one.number("base") > 0).count() <= 1,
        "only one capacity provider may have a base");
    for (JsonFields one : strategy) {
      require(
          Set.of("FARGATE", "FARGATE_SPOT").contains(one.text("capacityProvider")),
          "capacity provider: " + one.text("capacityProvider"));
      require(one.number("weight") <= 1000, "weight: " + one.text("weight"));
      require(one.number("base") <= 100_000, "base: " + one.text("base"));
    }
  }

  private void checkNetwork() {
    JsonFields network =
        request
            .object("networkConfiguration")
            .flatMap(configuration -> configuration.object("awsvpcConfiguration"))
            .orElse(null);
    if (network == null) {
      broken.add("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
      return;
    }
    int subnets = network.texts("subnets").size();
    require(subnets >= 1 && subnets <= 16, "subnets: %d (expected: 1 to 16)".formatted(subnets));
    require(network.texts("securityGroups").size() <= 5, "more than 5 security groups");
    require(
        !network.has("assignPublicIp")
            || Set.of("ENABLED", "DISABLED").contains(network.text("assignPublicIp")),
        "assignPublicIp: " + network.text("assignPublicIp"));
  }

  private void checkOverrides(Set<String> containers) {
    JsonFields overrides = request.object("overrides").orElse(null);
    if (overrides == null) {
      return;
    }
    int length = JsonWriter.write(overrides.object()).length();
    require(
        length <= MAXIMUM_OVERRIDES,
        "overrides: %d characters (expected: at most %d)".formatted(length, MAXIMUM_OVERRIDES));
    Set<String> seen = new HashSet<>();
    for (JsonFields container : overrides.list("containerOverrides")) {
      String name = container.text("name");
      require(
          containers.contains(name),
          "Override for container named %s is not a container in the TaskDefinition."
              .formatted(name));
      require(seen.add(name), "overridden twice: " + name);
      for (String field : container.names()) {
        require(OVERRIDABLE.contains(field), "cannot be overridden: " + field);
      }
      for (String problem : ContainerRules.checkEnvironment(container)) {
        broken.add(name + ": " + problem);
      }
    }
  }
}
