package dev.audition.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnusedDefinitionsTest extends RuntimeOnStandIn {
  private final String old = "audition-shop-Cluster-it-1-" + "a".repeat(32);
  private final String used = "audition-shop-Cluster-it-1-" + "b".repeat(32);

  private void families(String inactive) {
    ecs.answers(
            "ListTaskDefinitionFamilies",
            "{\"families\":[\"%s\",\"%s\",\"audition-shop-Cluster-someone-elses\"]}"
                .formatted(old, used))
        .answers("ListTaskDefinitionFamilies", "{\"families\":[%s]}".formatted(inactive))
        .answers("ListTaskDefinitions", "{\"taskDefinitionArns\":[\"d1\",\"d2\"]}")
        .answers("DeregisterTaskDefinition", "{}")
        .answers("DeleteTaskDefinitions", "{}");
    registry.known.put("b".repeat(32), "d3");
  }

  private void registeredAt(Instant time) {
    ecs.answers(
        "DescribeTaskDefinition",
        "{\"taskDefinition\":{\"registeredAt\":%d}}".formatted(time.getEpochSecond()));
  }

  @Test
  void areDeregisteredAndDeleted() {
    families("");
    registeredAt(NOW.minus(Duration.ofDays(40)));

    assertThat(runtime.removeUnusedDefinitions(10)).isEqualTo(2);
    assertThat(ecs.asked("ListTaskDefinitionFamilies").getFirst().body())
        .contains("\"familyPrefix\":\"audition-shop-Cluster-\"");
    assertThat(ecs.asked("ListTaskDefinitions"))
        .singleElement()
        .satisfies(asked -> assertThat(asked.body()).contains(old));
    assertThat(ecs.asked("DeregisterTaskDefinition")).hasSize(2);
    assertThat(ecs.asked("DeleteTaskDefinitions").getFirst().body()).contains("[\"d1\",\"d2\"]");
  }

  @Test
  void areNotThoseRegisteredAMomentAgo() {
    families("");
    registeredAt(NOW.minus(Duration.ofMinutes(5)));

    assertThat(runtime.removeUnusedDefinitions(10)).isZero();
    assertThat(ecs.asked("DeregisterTaskDefinition")).isEmpty();
  }

  @Test
  void areRemovedAFewAtATime() {
    families("");
    registeredAt(NOW.minus(Duration.ofDays(40)));

    assertThat(runtime.removeUnusedDefinitions(1)).isEqualTo(1);
  }

  @Test
  void leftHalfWayAreDeletedTheNextTime() {
    ecs.answers("ListTaskDefinitionFamilies", "{\"families\":[]}")
        .answers("ListTaskDefinitionFamilies", "{\"families\":[\"%s\"]}".formatted(old))
        .answers("ListTaskDefinitions", "{\"taskDefinitionArns\":[\"d1\"]}")
        .answers("DeleteTaskDefinitions", "{}");

    assertThat(runtime.removeUnusedDefinitions(10)).isEqualTo(1);
    assertThat(ecs.asked("DeregisterTaskDefinition")).isEmpty();
    assertThat(ecs.asked("DeleteTaskDefinitions").getFirst().body()).contains("[\"d1\"]");
  }
}
