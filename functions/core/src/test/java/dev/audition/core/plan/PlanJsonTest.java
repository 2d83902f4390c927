package dev.audition.core.plan;

import static dev.audition.core.testkit.SampleService.candidate;
import static dev.audition.core.testkit.SampleService.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.tree.JsonWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
  @Test
  void aPlanIsOneDocumentWithItsKeysInAFixedOrder() {
    Plan plan =
        Plans.plan(
            service("db", "postgres:16")
                .environment("POSTGRES_PASSWORD", "hunter2")
                .volume("data", "/var/lib/postgresql/data"),
            candidate("tests", "acme/tests").command("run").dependsOn("db"));

    String json = JsonWriter.write(PlanJson.of(List.of(plan)));

    assertThat(json)
        .startsWith("{\"steps\":[{\"number\":1,\"name\":\"integration\"")
        .contains("\"timeoutSeconds\":3600")
        .contains("\"hosts\":{\"db\":\"127.0.0.1\",\"tests\":\"127.0.0.1\"}")
        .contains("\"gates\":[{\"service\":\"db\",\"condition\":\"healthy\"")
        .contains("\"origin\":\"catalogue\"")
        .contains("\"mounts\":[{\"type\":\"volume\",\"source\":\"data\"")
        .contains("\"command\":[\"run\"]")
        .contains("\"entrypoint\":null")
        .contains("\"refused\":false");
  }

  @Test
  void valuesOfTheEnvironmentAreNotInIt() {
    Plan plan = Plans.plan(service("db", "postgres:16").environment("PASSWORD", "hunter2"));

    assertThat(JsonWriter.write(PlanJson.of(List.of(plan))))
        .contains("\"environment\":[\"PASSWORD\"]")
        .doesNotContain("hunter2");
  }

  @Test
  void refusalsAreInItWithPlaceAndRemedy() {
    Plan plan = Plans.plan(service("a", "redis"), service("b", "redis"));

    assertThat(JsonWriter.write(PlanJson.of(List.of(plan))))
        .contains("\"refused\":true")
        .contains("\"severity\":\"refusal\",\"category\":\"clash\",\"location\":\"b.yml:1:1\"")
        .contains("\"remedy\":\"Let b listen on another port");
  }
}
