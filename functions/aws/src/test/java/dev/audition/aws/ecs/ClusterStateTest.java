package dev.audition.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.testkit.LocalCloud;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;

final class ClusterStateTest {
  private final AwsAccess access = LocalCloud.access("looking at a cluster");

  @Test
  void aClusterSaysWhetherTasksCanRunOnIt() {
    String arn;
    try (EcsClient ecs = access.client(EcsClient.builder())) {
      arn =
          ecs.createCluster(
                  request -> request.clusterName("ci").capacityProviders("FARGATE", "FARGATE_SPOT"))
              .cluster()
              .clusterArn();
    }
    assertThat(ClusterState.of(access, arn))
        .hasValueSatisfying(
            cluster -> {
              assertThat(cluster.status()).isEqualTo("ACTIVE");
              assertThat(cluster.capacityProviders()).containsExactly("FARGATE", "FARGATE_SPOT");
              assertThat(cluster.runningTasks()).isZero();
            });
    assertThat(ClusterState.of(access, arn + "-gone")).isEmpty();
  }
}
