package dev.audition.handlers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the template says to the functions, by their environment. Every name here stands in {@code
 * template.yaml}, and the other way round.
 *
 * @param cluster its ARN
 * @param subnets of the tasks
 * @param assignPublicIp whether tasks get an address of the internet
 * @param taskRole the ARN of the role that containers have by default; empty for none
 * @param ownImage the image of our own containers
 * @param vcpuQuota the account's quota of Fargate vCPUs on demand
 * @param spotPercent how many of a hundred runs go to Fargate Spot
 */
record FunctionSettings(
    String region,
    String table,
    String bucket,
    String cluster,
    String runRequestsUrl,
    String runRequestsDeadUrl,
    String taskEventsUrl,
    String taskEventsDeadUrl,
    String hooksUrl,
    List<String> subnets,
    List<String> securityGroups,
    boolean assignPublicIp,
    String executionRole,
    String taskRole,
    String logGroup,
    String ownImage,
    int vcpuQuota,
    int spotPercent,
    int retentionDays) {
  FunctionSettings {
    subnets = List.copyOf(subnets);
    securityGroups = List.copyOf(securityGroups);
  }

  /**
   * Read the environment of a function.
   *
   * @throws IllegalStateException with everything that is missing or wrong
   */
  static FunctionSettings of(Map<String, String> environment) {
    Reader reader = new Reader(environment, new ArrayList<>());
    FunctionSettings settings =
        new FunctionSettings(
            reader.text("AWS_REGION"),
            reader.text("AUDITION_TABLE"),
            reader.text("AUDITION_BUCKET"),
            reader.text("AUDITION_CLUSTER"),
            reader.text("AUDITION_RUN_REQUESTS_URL"),
            reader.text("AUDITION_RUN_REQUESTS_DEAD_URL"),
            reader.text("AUDITION_TASK_EVENTS_URL"),
            reader.text("AUDITION_TASK_EVENTS_DEAD_URL"),
            reader.text("AUDITION_HOOKS_URL"),
            reader.texts("AUDITION_SUBNETS"),
            reader.texts("AUDITION_SECURITY_GROUPS"),
            reader.text("AUDITION_ASSIGN_PUBLIC_IP").equals("ENABLED"),
            reader.text("AUDITION_EXECUTION_ROLE"),
            environment.getOrDefault("AUDITION_TASK_ROLE", ""),
            reader.text("AUDITION_LOG_GROUP"),
            reader.text("AUDITION_OWN_IMAGE"),
            reader.number("AUDITION_VCPU_QUOTA"),
            reader.number("AUDITION_SPOT_PERCENT"),
            reader.number("AUDITION_RETENTION_DAYS"));
    if (!reader.problems().isEmpty()) {
      throw new IllegalStateException(
          "environment: " + String.join("; ", reader.problems()) + " (see template.yaml)");
    }
    return settings;
  }

  /** Return how long runs and what belongs to them are kept. */
  Duration retention() {
    return Duration.ofDays(retentionDays);
  }

  private record Reader(Map<String, String> environment, List<String> problems) {
    String text(String name) {
      String value = environment.getOrDefault(name, "");
      if (value.isEmpty()) {
        problems.add(name + " is missing");
      }
      return value;
    }

    List<String> texts(String name) {
      String value = text(name);
      return value.isEmpty() ? List.of() : List.of(value.split(","));
    }

    int number(String name) {
      String value = text(name);
      if (!value.matches("\\d{1,6}")) {
        problems.add(name + " is no number");
        return 0;
      }
      return Integer.parseInt(value);
    }
  }
}
