package dev.audition.aws.ecs;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * What ECS says of a cluster.
 *
 * @param status {@code ACTIVE} where tasks can run
 * @param capacityProviders such as {@code FARGATE} and {@code FARGATE_SPOT}
 */
public record ClusterState(
    String status, List<String> capacityProviders, int runningTasks, int pendingTasks) {
  public ClusterState {
    capacityProviders = List.copyOf(capacityProviders);
  }

  /**
   * Ask for a cluster; empty if there is none of that ARN.
   *
   * @throws CloudException if ECS does not answer, or may not be asked
   */
  public static Optional<ClusterState> of(AwsAccess access, String arn) {
    try (EcsClient client = access.client(EcsClient.builder())) {
      return client.describeClusters(request -> request.clusters(arn)).clusters().stream()
          .findFirst()
          .map(
              cluster ->
                  new ClusterState(
                      cluster.status(),
                      cluster.capacityProviders(),
                      cluster.runningTasksCount(),
                      cluster.pendingTasksCount()));
    } catch (SdkException e) {
      throw CloudException.of("look at the cluster " + arn, e);
    }
  }
}
