package dev.audition.handlers.wire;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The names of things in one cluster of one account. */
public record Arns(String region, String account, String cluster) {
  /** An account of documentation. */
  public static final Arns SAMPLE = new Arns("eu-central-1", "123456789012", "audition");

  /** Return the cluster's ARN. */
  public String clusterArn() {
    return prefix() + "cluster/" + cluster;
  }

  String task(String id) {
    return prefix() + "task/" + cluster + "/" + id;
  }

  String container(String taskId, String name) {
    return prefix() + "container/" + cluster + "/" + taskId + "/" + uuid(taskId, name);
  }

  String definition(String family, int revision) {
    return prefix() + "task-definition/" + family + ":" + revision;
  }

  /** Return a container's id in the runtime. */
  static String runtimeId(String taskId, String name) {
    return taskId + "-" + Integer.toUnsignedString(uuid(taskId, name).hashCode());
  }

  /** Return the last part of an ARN, or what is an id already. */
  static String id(String arnOrId) {
    return arnOrId.substring(arnOrId.lastIndexOf('/') + 1);
  }

  private String prefix() {
    return "arn:aws:ecs:%s:%s:".formatted(region, account);
  }

  private static UUID uuid(String taskId, String name) {
    return UUID.nameUUIDFromBytes((taskId + "/" + name).getBytes(StandardCharsets.UTF_8));
  }
}
