package dev.audition.aws.ecs;

import java.util.List;

/**
 * How this deployment runs tasks.
 *
 * @param cluster the cluster's ARN
 * @param bucket the name of the bucket behind the blob store; the execution role may read it
 * @param subnets at least one
 * @param assignPublicIp whether tasks have public addresses: needed in public subnets to pull
 * @param executionRole the ARN of the role that pulls images, reads secrets and writes logs
 * @param taskRole the ARN of the role of what runs in the containers; empty for none
 * @param logGroup where the output goes
 * @param logStreamPrefix what the names of its streams begin with
 * @param spotPercent how many of a hundred first attempts run on Spot capacity
 */
public record FargateSettings(
    String cluster,
    String bucket,
    List<String> subnets,
    List<String> securityGroups,
    boolean assignPublicIp,
    String executionRole,
    String taskRole,
    String logGroup,
    String logStreamPrefix,
    int spotPercent) {
  /** The usual prefix of log streams. */
  public static final String LOG_STREAM_PREFIX = "run";

  public FargateSettings {
    subnets = List.copyOf(subnets);
    securityGroups = List.copyOf(securityGroups);
    if (!cluster.matches("arn:[^:]+:ecs:[^:]+:[^:]*:cluster/.+")) {
      throw new IllegalArgumentException(
          "cluster: \"%s\" (expected: the ARN of an ECS cluster)".formatted(cluster));
    }
    if (spotPercent < 0 || spotPercent > 100) {
      throw new IllegalArgumentException(
          "spot percent: %d (expected: 0 to 100)".formatted(spotPercent));
    }
  }

  /** Return the cluster's name. */
  String clusterName() {
    return cluster.substring(cluster.indexOf(":cluster/") + ":cluster/".length());
  }

  /** Return the cluster's region. */
  String region() {
    return cluster.split(":", -1)[3];
  }

  /** Return the ARN of an object in the bucket. */
  String objectArn(String key) {
    return "arn:%s:s3:::%s/%s".formatted(cluster.split(":", -1)[1], bucket, key);
  }
}
