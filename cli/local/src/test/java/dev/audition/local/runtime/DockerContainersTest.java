package dev.audition.local.runtime;

import static dev.audition.core.testkit.TaskEvents.stateOf;
import static dev.audition.local.runtime.DockerRuntimeFixture.definition;
import static dev.audition.local.runtime.DockerRuntimeFixture.listen;
import static dev.audition.local.runtime.DockerRuntimeFixture.shell;
import static dev.audition.local.runtime.DockerRuntimeFixture.untilStopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.Progress;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.HealthCheck;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.task.TaskVolume;
import dev.audition.core.testkit.ContainerDraft;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only containers on an engine can show: names, ports, memory, output, restarts. */
@Tag("docker")
final class DockerContainersTest {
  @TempDir Path logs;
  private DockerRuntimeFixture fixture;

  @BeforeEach
  void connect() {
    fixture = new DockerRuntimeFixture(logs);
  }

  @AfterEach
  void remove() {
    fixture.close();
  }

  @Test
  void memoryBeyondTheLimitIsNamed() {
    TaskDescription stopped =
        fixture.run(
            shell("hungry", "exec perl -e '$x = \"a\" x (200 * 1024 * 1024); sleep 1'")
                .memoryMiB(24)
                .essential());

    assertThat(stateOf(stopped, "hungry").exitCode()).isEqualTo(137);
    assertThat(stateOf(stopped, "hungry").reason())
        .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
  }

  @Test
  void peakMemoryIsMeasured() {
    TaskDescription stopped =
        fixture.run(
            shell("greedy", "exec perl -e '$x = \"a\" x (64 * 1024 * 1024); sleep 1'")
                .memoryMiB(512)
                .essential());

    assertThat(stateOf(stopped, "greedy").peakMemoryMiB()).isBetween(60, 200);
  }

  @Test
  void namesAreKnownInEveryContainer() {
    Map<String, String> hosts = new LinkedHashMap<>();
    hosts.put("db", "127.0.0.1");
    hosts.put("db.example.test", "127.0.0.1");
    hosts.put("outside", "192.0.2.7");

    TaskDescription stopped =
        fixture.run(
            List.of(),
            hosts,
            shell("other", "getent hosts db.example.test; getent hosts outside"),
            shell("test", "getent hosts db && getent hosts outside")
                .essential()
                .after("other", ContainerCondition.SUCCESS));

    assertThat(stateOf(stopped, "test").exitCode()).isZero();
    assertThat(fixture.tail("test", 10))
        .anyMatch(line -> line.matches("127\\.0\\.0\\.1\\s+db.*"))
        .anyMatch(line -> line.matches("192\\.0\\.2\\.7\\s+outside.*"));
    assertThat(stateOf(stopped, "other").exitCode()).isZero();
  }

  @Test
  void containersReachEachOtherOnOneNetwork() {
    TaskDescription stopped =
        fixture.run(
            shell("web", "sleep 0.3; " + listen("127.0.0.1", 8080))
                .listening(Duration.ofSeconds(20), 8080),
            shell(
                    "test",
                    "perl -MIO::Socket::INET -e"
                        + " 'IO::Socket::INET->new(\"localhost:8080\") or die $@'")
                .essential()
                .after("web", ContainerCondition.LISTENING));

    assertThat(stateOf(stopped, "test").exitCode()).isZero();
    assertThat(stateOf(stopped, "web").ready()).isTrue();
  }

  @Test
  void twoTasksWithTheSameNamesAndPortsDoNotClash() {
    try (DockerRuntimeFixture other = new DockerRuntimeFixture(logs.resolve("other"))) {
      ContainerDraft web =
          shell("web", listen("0.0.0.0", 8080)).listening(Duration.ofSeconds(20), 8080);
      ContainerDraft check =
          shell("test", untilStopped(0)).after("web", ContainerCondition.LISTENING);
      TaskArn first = fixture.launch(definition(List.of(), Map.of(), web, check));
      TaskArn second = other.launch(definition(List.of(), Map.of(), web, check));

      fixture.events.awaitRunning(first, "test");
      other.events.awaitRunning(second, "test");

      assertThat(first).isNotEqualTo(second);
      assertThat(stateOf(fixture.runtime.describe(List.of(first)).getFirst(), "web").ready())
          .isTrue();
      assertThat(stateOf(other.runtime.describe(List.of(second)).getFirst(), "web").ready())
          .isTrue();
    }
  }

  @Test
  void takenPortNamesTheOtherListener() {
    TaskDescription stopped =
        fixture.run(
            shell("web", listen("0.0.0.0", 8080)).listening(Duration.ofSeconds(20), 8080),
            shell("admin", listen("0.0.0.0", 8080))
                .ports(8080)
                .essential()
                .after("web", ContainerCondition.LISTENING));

    assertThat(stateOf(stopped, "admin").exitCode()).isNotZero();
    assertThat(stateOf(stopped, "admin").reason())
        .startsWith("AddressInUse: ")
        .contains("port 8080")
        .contains("\"web\"");
  }

  @Test
  void outputIsCompleteWhenTheEndIsTold() {
    TaskDescription stopped =
        fixture.run(
            shell("test", "seq 1 50000; echo problem >&2; printf 'no line end'; exit 2")
                .essential());

    assertThat(stateOf(stopped, "test").exitCode()).isEqualTo(2);
    List<String> lines =
        fixture.progress.stream()
            .filter(Progress.LogLine.class::isInstance)
            .map(progress -> ((Progress.LogLine) progress).line())
            .toList();
    assertThat(lines).hasSize(50_002).contains("1", "50000", "problem", "no line end");
    // The two streams come in an order of their own.
    assertThat(String.join("\n", fixture.tail("test", 3))).contains("no line end");
    assertThat(logs.resolve(fixture.startedBy()).resolve("test.log"))
        .content()
        .contains("50000\n", "problem\n", "no line end");
  }

  @Test
  void terminalOutputIsTakenToo() {
    fixture.run(shell("test", "test -t 1 && echo terminal").pseudoTerminal().essential());

    assertThat(fixture.tail("test", 1)).containsExactly("terminal");
  }

  @Test
  void failureIsStartedAgainAsOftenAsAllowed() {
    TaskDescription stopped =
        fixture.run(
            List.of(new TaskVolume.Empty("state")),
            Map.of(),
            shell("test", "echo try >> /state/tries; test $(wc -l < /state/tries) -ge 3")
                .mount("state", "/state")
                .maximumRestarts(5)
                .essential());

    ContainerDescription test = stateOf(stopped, "test");
    assertThat(test.exitCode()).isZero();
    assertThat(test.restarts()).isEqualTo(2);
  }

  @Test
  void failureAfterTheLastRestartCounts() {
    TaskDescription stopped = fixture.run(shell("test", "exit 6").maximumRestarts(1).essential());

    assertThat(stateOf(stopped, "test").exitCode()).isEqualTo(6);
    assertThat(stateOf(stopped, "test").restarts()).isEqualTo(1);
  }

  @Test
  void definitionReachesTheContainer() {
    TaskDescription stopped =
        fixture.run(
            shell(
                    "test",
                    "test \"$GREETING\" = 'a b' && test \"$PWD\" = /tmp"
                        + " && test \"$(id -u):$(id -G)\" = '65534:65534 42'"
                        + " && test \"$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start)\" = 99"
                        + " && grep -q 'CapBnd:.*0000000000000000' /proc/self/status")
                .variable("GREETING", "a b")
                .workingDirectory("/tmp")
                .user("65534:65534")
                .groups("42")
                .dropCapabilities("ALL")
                .systemControl("net.ipv4.ip_unprivileged_port_start", "99")
                .cpuUnits(64 * 1024)
                .essential());

    assertThat(stateOf(stopped, "test").exitCode()).isZero();
  }

  @Test
  void unknownUserIsNoExitCode() {
    TaskDescription stopped = fixture.run(shell("test", "true").user("nobody-such").essential());

    assertThat(stateOf(stopped, "test").exitCode()).isNull();
    assertThat(stateOf(stopped, "test").reason())
        .startsWith("CannotStartContainerError: ")
        .contains("nobody-such");
  }

  @Test
  void earlySuccessCountsOnlyWhenAPortAccepts() {
    // It says healthy at once, listens at 127.0.0.1 only while it sets itself up, then for real.
    TaskDescription stopped =
        fixture.run(
            shell(
                    "db",
                    "timeout 2 perl -MIO::Socket::INET -e 'IO::Socket::INET->new(LocalAddr =>"
                        + " \"127.0.0.1\", LocalPort => 5432, Listen => 5); sleep 9'; touch"
                        + " /tmp/real; "
                        + listen("0.0.0.0", 5432))
                .ports(5432)
                .health(check("true", Duration.ofSeconds(20), false)),
            shell("test", "true").essential().after("db", ContainerCondition.HEALTHY));

    ContainerDescription db = stateOf(stopped, "db");
    ContainerDescription test = stateOf(stopped, "test");
    assertThat(test.exitCode()).isZero();
    assertThat(Duration.between(db.startedAt(), test.startedAt()))
        .isBetween(Duration.ofMillis(2400), Duration.ofSeconds(15));
  }

  @Test
  void checkOfOursNeedsNoFurtherProof() {
    TaskDescription stopped =
        fixture.run(
            shell("db", untilStopped(0))
                .ports(5432)
                .health(check("true", Duration.ofSeconds(20), true)),
            shell("test", "true").essential().after("db", ContainerCondition.HEALTHY));

    assertThat(
            Duration.between(
                stateOf(stopped, "db").startedAt(), stateOf(stopped, "test").startedAt()))
        .isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void checkThatHangsFailsWhenItsTimeIsOver() {
    TaskArn task =
        fixture.launch(
            definition(
                List.of(),
                Map.of(),
                shell("db", untilStopped(0))
                    .health(
                        new HealthCheck(
                            List.of("CMD", "sleep", "60"),
                            Duration.ofMillis(300),
                            Duration.ofMillis(300),
                            2,
                            Duration.ZERO,
                            false))));

    ContainerDescription db =
        fixture.events.awaitContainer(
            task, "db", "is unhealthy", one -> one.health() == HealthStatus.UNHEALTHY);

    assertThat(db.reason()).contains("no answer within 300 ms");
  }

  private static HealthCheck check(String script, Duration interval, boolean ours) {
    return new HealthCheck(
        List.of("CMD-SHELL", script), interval, Duration.ofSeconds(5), 3, Duration.ZERO, ours);
  }
}
