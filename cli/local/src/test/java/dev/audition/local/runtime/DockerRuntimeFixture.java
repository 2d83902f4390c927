package dev.audition.local.runtime;

import dev.audition.core.run.Progress;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.size.TaskSize;
import dev.audition.core.task.HealthCheck;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.task.TaskVolume;
import dev.audition.core.testkit.Behaviour;
import dev.audition.core.testkit.ContainerDraft;
import dev.audition.core.testkit.TaskEvents;
import dev.audition.local.docker.DockerEngine;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A runtime on the engine of this machine, and containers made from one image with a shell. */
final class DockerRuntimeFixture implements AutoCloseable {
  /** Any image with sh, sleep and Perl's IO::Socket. */
  static final String SHELL_IMAGE =
      Optional.ofNullable(System.getenv("SHELL_IMAGE")).orElse("audition.local/debian:12");

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  final String owner = "test-" + UUID.randomUUID();
  final String runId = "t" + UUID.randomUUID().toString().substring(0, 12);
  final DockerEngine engine =
      DockerEngine.connect(
          URI.create(
              Optional.ofNullable(System.getenv("DOCKER_HOST"))
                  .orElse("unix:///var/run/docker.sock")));
  final TaskEvents events = new TaskEvents();
  final List<Progress> progress = Collections.synchronizedList(new ArrayList<>());
  final Path logs;
  final DockerTaskRuntime runtime;

  DockerRuntimeFixture(Path logs) {
    this(logs, false);
  }

  DockerRuntimeFixture(Path logs, boolean keep) {
    this.logs = logs;
    this.runtime =
        new DockerTaskRuntime(
            engine,
            new EngineImages(engine),
            new RuntimeSettings(owner, logs::resolve, keep, InstantSource.system(), progress::add));
    runtime.subscribe(events);
  }

  static ContainerDraft shell(String name, String script) {
    return ContainerDraft.of(name, SHELL_IMAGE).shell(script);
  }

  static ContainerDraft container(String name, Behaviour behaviour) {
    return switch (behaviour) {
      case Behaviour.Exits exits -> shell(name, "exit " + exits.exitCode());
      case Behaviour.RunsUntilStopped runs -> shell(name, untilStopped(runs.exitCode()));
      case Behaviour.IgnoresStop _ ->
          ContainerDraft.of(name, SHELL_IMAGE).entryPoint("sleep").command("1000");
      case Behaviour.BecomesHealthy _ ->
          shell(name, "(sleep 0.4; touch /tmp/up) & " + untilStopped(0))
              .health(check("test -e /tmp/up"));
      case Behaviour.StaysUnhealthy _ ->
          shell(name, untilStopped(0)).health(check("echo no answer yet; exit 1"));
      case Behaviour.EndsBeforeHealthy ends ->
          shell(name, "sleep 0.5; exit " + ends.exitCode()).health(check("exit 1"));
      case Behaviour.Listens listens ->
          shell(name, "sleep 0.4; " + listen("0.0.0.0", listens.port()))
              .listening(Duration.ofSeconds(20), listens.port());
      case Behaviour.NeverListens never ->
          shell(name, untilStopped(0)).listening(Duration.ofMillis(500), never.port());
      case Behaviour.HasNoImage _ -> ContainerDraft.of(name, "audition.local/no-such-image:0");
      case Behaviour.HasNoCommand _ ->
          ContainerDraft.of(name, SHELL_IMAGE).entryPoint("/no/such/command");
    };
  }

  /** A check that is fast to fail, and whose early probes are what makes it fast to succeed. */
  private static HealthCheck check(String script) {
    return new HealthCheck(
        List.of("CMD-SHELL", script),
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        2,
        Duration.ZERO,
        false);
  }

  static String untilStopped(int exitCode) {
    return "trap 'exit %d' TERM; sleep 1000 & wait".formatted(exitCode);
  }

  /** Return a command that listens on a TCP port, and fails if it is taken. */
  static String listen(String address, int port) {
    return ("exec perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalAddr => \"%s\","
            + " LocalPort => %d, Listen => 5) or die \"bind %s:%d: $!\\n\";"
            + " $SIG{TERM} = sub { exit 0 }; while (1) { $s->accept() }'")
        .formatted(address, port, address, port);
  }

  String startedBy() {
    return runId + "/1/1/1";
  }

  /** Launch a task and wait for its end. */
  TaskDescription run(ContainerDraft... containers) {
    return run(List.of(), Map.of(), containers);
  }

  /** Launch a task and wait for its end. */
  TaskDescription run(
      List<TaskVolume> volumes, Map<String, String> hosts, ContainerDraft... containers) {
    return events.awaitStopped(launch(definition(volumes, hosts, containers)));
  }

  static TaskDefinition definition(ContainerDraft... containers) {
    return definition(List.of(), Map.of(), containers);
  }

  static TaskDefinition definition(
      List<TaskVolume> volumes, Map<String, String> hosts, ContainerDraft... containers) {
    return new TaskDefinition(
        "test",
        new TaskSize(1024, 2048),
        Arrays.stream(containers).map(ContainerDraft::build).toList(),
        volumes,
        new LinkedHashMap<>(hosts),
        "");
  }

  TaskArn launch(TaskDefinition definition) {
    return launched(runtime.launch(new Launch(startedBy(), runId, definition)));
  }

  static TaskArn launched(LaunchAnswer answer) {
    return switch (answer) {
      case LaunchAnswer.Launched launched -> launched.taskArn();
      case LaunchAnswer.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  /** Return the last lines of a container's output. */
  List<String> tail(String container, int lines) {
    return runtime.tail(startedBy(), container, lines);
  }

  /** Return the ids and names of what the engine holds of this run. */
  List<String> left() {
    String label = Labels.RUN + "=" + runId;
    List<String> left = new ArrayList<>();
    engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(label))
        .exec()
        .forEach(container -> left.add(container.getId()));
    var volumes =
        engine.client().listVolumesCmd().withFilter("label", List.of(label)).exec().getVolumes();
    if (volumes != null) {
      volumes.forEach(volume -> left.add(volume.getName()));
    }
    return left;
  }

  /** Wait until the engine holds nothing of this run. */
  void awaitNothingLeft() {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!left().isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("left in the engine after 20 s: " + left());
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /** Remove what the test made. */
  @Override
  public void close() {
    runtime.close();
    new TaskRemoval(engine).removeRun(runId);
    engine.close();
  }
}
