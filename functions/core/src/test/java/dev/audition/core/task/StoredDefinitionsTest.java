package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.compose.Ulimit;
import dev.audition.core.plan.Listening;
import dev.audition.core.size.TaskSize;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

final class StoredDefinitionsTest {
  private static SequencedMap<String, String> map(String key, String value) {
    return new LinkedHashMap<>(Map.of(key, value));
  }

  /** Every component differs from what it is where nothing is said. */
  private static final ContainerDefinition FULL =
      new ContainerDefinition(
          "db",
          "the db",
          "acme/db:1",
          true,
          List.of("/bin/sh", "-c"),
          List.of("a \"b\"\n\tc", ""),
          map("EMPTY", ""),
          "1000:1000",
          "/work",
          List.of(new ContainerDependency("stage", ContainerCondition.SUCCESS)),
          new HealthCheck(
              List.of("CMD", "check"),
              Duration.ofSeconds(5),
              Duration.ofMillis(2500),
              4,
              Duration.ofMinutes(1),
              true),
          new Listening(List.of(5432, 5433), Duration.ofSeconds(60)),
          List.of(5432),
          List.of(new MountPoint("data", "/data", true)),
          List.of(new TmpfsMount("/cache", List.of("size=64m"))),
          256,
          512,
          Duration.ofSeconds(30),
          "SIGINT",
          3,
          true,
          true,
          true,
          true,
          List.of("SYS_PTRACE"),
          List.of("ALL"),
          List.of("100"),
          new LinkedHashMap<>(Map.of("nofile", new Ulimit(1024, -1))),
          map("net.core.somaxconn", "1024"),
          64L << 20,
          map("team", "shop"),
          new AccountOptions(map("TOKEN", "arn:aws:secretsmanager:x"), "arn:credentials", true));

  private static final ContainerDefinition EMPTY =
      new ContainerDefinition(
          "tests",
          "tests",
          "acme/tests:1",
          false,
          null,
          null,
          new LinkedHashMap<>(),
          "",
          "",
          List.of(),
          null,
          null,
          List.of(),
          List.of(),
          List.of(),
          null,
          null,
          Duration.ofSeconds(2),
          "",
          null,
          false,
          false,
          false,
          false,
          List.of(),
          List.of(),
          List.of(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          null,
          new LinkedHashMap<>(),
          AccountOptions.NONE);

  private static TaskDefinition definition(List<TaskVolume> volumes) {
    return new TaskDefinition(
        "audition-shop-1",
        new TaskSize(512, 1024),
        List.of(FULL, EMPTY),
        volumes,
        map("db", "127.0.0.1"),
        "linux/arm64",
        "arn:aws:iam::123456789012:role/tests",
        50);
  }

  @Test
  void whatIsReadEqualsWhatWasWritten() {
    TaskDefinition definition = definition(List.of(new TaskVolume.Empty("data")));
    String text = StoredDefinitions.write(List.of(definition, definition));
    assertThat(StoredDefinitions.read(text, "definitions")).containsExactly(definition, definition);
    assertThat(text).doesNotContain("\n");
  }

  @Test
  void aClearedEntryPointIsNotTheImages() {
    TaskDefinition definition = definition(List.of());
    ContainerDefinition read =
        StoredDefinitions.read(StoredDefinitions.write(List.of(definition)), "definitions")
            .getFirst()
            .containers()
            .get(1);
    assertThat(read.entryPoint()).isNull();
    assertThat(read.command()).isNull();
  }

  @Test
  void whatIsOnlyForTheLaptopIsNotKept() {
    assertThatThrownBy(
            () ->
                StoredDefinitions.write(
                    List.of(definition(List.of(new TaskVolume.Text("password", "hush"))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one that Fargate has")
        .hasMessageNotContaining("hush");
  }

  @Test
  void whatALaterReleaseWroteIsNotGuessedAt() {
    assertThatThrownBy(() -> StoredDefinitions.read("{\"schema\":2}", "definitions-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("definitions-1: schema 2");
  }
}
