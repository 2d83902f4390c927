package dev.audition.handlers.wire;

import java.time.Instant;

/**
 * What of a task never changes.
 *
 * @param request RunTask's
 */
record TaskFacts(
    String id, String arn, RegisteredDefinition definition, Fields request, Instant at) {
  String startedBy() {
    return request.text("startedBy");
  }

  Fields overrides() {
    return request.object("overrides");
  }

  /** Return the capacity provider; empty if a launch type was given. */
  String capacityProvider() {
    return request.list("capacityProviderStrategy").stream()
        .findFirst()
        .map(item -> item.text("capacityProvider"))
        .orElse("");
  }

  String group() {
    String group = request.text("group");
    return group.isEmpty() ? "family:" + definition.family() : group;
  }

  String launchType() {
    return "FARGATE";
  }

  int cpuUnits() {
    return overrides().number("cpu", definition.fields().number("cpu", 0));
  }

  int memoryMiB() {
    return overrides().number("memory", definition.fields().number("memory", 0));
  }

  String subnet() {
    return request
        .object("networkConfiguration")
        .object("awsvpcConfiguration")
        .texts("subnets")
        .getFirst();
  }
}
