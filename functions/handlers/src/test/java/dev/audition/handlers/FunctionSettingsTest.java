package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class FunctionSettingsTest {
  private static final Path TEMPLATE =
      Path.of(System.getProperty("audition.project", "../.."), "template.yaml");

  static Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AUDITION_TABLE", "audition");
    environment.put("AUDITION_BUCKET", "audition-runs");
    environment.put("AUDITION_CLUSTER", "arn:aws:ecs:eu-central-1:123456789012:cluster/audition");
    environment.put("AUDITION_RUN_REQUESTS_URL", "https://sqs/1/requests");
    environment.put("AUDITION_RUN_REQUESTS_DEAD_URL", "https://sqs/1/requests-dead");
    environment.put("AUDITION_TASK_EVENTS_URL", "https://sqs/1/events");
    environment.put("AUDITION_TASK_EVENTS_DEAD_URL", "https://sqs/1/events-dead");
    environment.put("AUDITION_HOOKS_URL", "https://sqs/1/hooks");
    environment.put("AUDITION_SUBNETS", "subnet-1,subnet-2");
    environment.put("AUDITION_SECURITY_GROUPS", "sg-1");
    environment.put("AUDITION_ASSIGN_PUBLIC_IP", "ENABLED");
    environment.put("AUDITION_EXECUTION_ROLE", "arn:aws:iam::123456789012:role/execution");
    environment.put("AUDITION_TASK_ROLE", "");
    environment.put("AUDITION_LOG_GROUP", "/audition/tasks");
    environment.put("AUDITION_OWN_IMAGE", "python:3.13-slim");
    environment.put("AUDITION_VCPU_QUOTA", "6");
    environment.put("AUDITION_SPOT_PERCENT", "0");
    environment.put("AUDITION_RETENTION_DAYS", "30");
    return environment;
  }

  @Test
  void everythingIsRead() {
    FunctionSettings settings = FunctionSettings.of(environment());
    assertThat(settings.subnets()).containsExactly("subnet-1", "subnet-2");
    assertThat(settings.assignPublicIp()).isTrue();
    assertThat(settings.vcpuQuota()).isEqualTo(6);
    assertThat(settings.retention()).hasDays(30);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    Map<String, String> environment = environment();
    environment.remove("AUDITION_TABLE");
    environment.put("AUDITION_VCPU_QUOTA", "many");
    assertThatThrownBy(() -> FunctionSettings.of(environment))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("AUDITION_TABLE is missing")
        .hasMessageContaining("AUDITION_VCPU_QUOTA is no number")
        .hasMessageContaining("template.yaml");
  }

  @Test
  void theTemplateSaysWhatIsReadAndNothingElse() throws IOException {
    Matcher names =
        Pattern.compile("(?m)^ {8}(AUDITION_[A-Z_]+):").matcher(Files.readString(TEMPLATE));
    TreeSet<String> said = new TreeSet<>();
    while (names.find()) {
      said.add(names.group(1));
    }
    TreeSet<String> read = new TreeSet<>(environment().keySet());
    read.remove("AWS_REGION"); // Lambda says it
    assertThat(said).isEqualTo(read);
  }
}
