package dev.audition.handlers.wire;

import dev.audition.core.testkit.Eventually;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.ScriptedTaskRuntime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** A wire in front of a runtime in virtual time, and the SDK in front of the wire. */
final class WireFixture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final ManualClock clock = new ManualClock();
  final ScriptedTaskRuntime runtime = new ScriptedTaskRuntime(clock);
  final EcsWire wire;
  final EcsClient client;
  final List<Fields> events = new CopyOnWriteArrayList<>();

  WireFixture() {
    this(LaunchSources.NONE);
  }

  WireFixture(LaunchSources sources) {
    wire =
        new EcsWire(
            new EcsWire.Parts(
                Arns.SAMPLE, runtime, sources, InetAddress.getLoopbackAddress(), clock));
    wire.events().subscribe(event -> events.add(Fields.parse(event)));
    client = WireClients.ecs(wire);
  }

  static ContainerDefinition container(String name) {
    return ContainerDefinition.builder().name(name).image("image:" + name).essential(false).build();
  }

  static ContainerDefinition essential(String name) {
    return container(name).toBuilder().essential(true).build();
  }

  /** Register, and return the ARN. */
  String register(String family, ContainerDefinition... containers) {
    return client
        .registerTaskDefinition(
            request ->
                request
                    .family(family)
                    .requiresCompatibilities(Compatibility.FARGATE)
                    .networkMode(NetworkMode.AWSVPC)
                    .cpu("256")
                    .memory("512")
                    .containerDefinitions(containers))
        .taskDefinition()
        .taskDefinitionArn();
  }

  RunTaskRequest launch(String definition, String token) {
    return RunTaskRequest.builder()
        .cluster(Arns.SAMPLE.clusterArn())
        .taskDefinition(definition)
        .clientToken(token)
        .startedBy("run-1/1/1/1")
        .launchType("FARGATE")
        .networkConfiguration(
            network -> network.awsvpcConfiguration(vpc -> vpc.subnets("subnet-1")))
        .build();
  }

  /** Launch one task. */
  Task launched(ContainerDefinition... containers) {
    return client.runTask(launch(register("sample", containers), "token")).tasks().getFirst();
  }

  Task describe(String taskArn) {
    return client
        .describeTasks(request -> request.cluster(Arns.SAMPLE.clusterArn()).tasks(taskArn))
        .tasks()
        .getFirst();
  }

  /** Let time pass for the tasks, and pass their changes on. */
  void advance(Duration by) {
    runtime.advance(by);
    runtime.takeEvents().forEach(wire::changed);
  }

  /** Return the details of the events so far, as soon as there are so many. */
  List<Fields> details(int count) {
    Eventually.within(PATIENCE, count + " events", () -> events.size() >= count);
    return events.stream().map(event -> event.object("detail")).toList();
  }

  /** Return the last event's detail as soon as it says that the task has stopped. */
  Fields stopped() {
    Eventually.within(
        PATIENCE,
        "an event of the end",
        () ->
            events.stream()
                .anyMatch(event -> event.object("detail").text("lastStatus").equals("STOPPED")));
    return events.stream()
        .map(event -> event.object("detail"))
        .filter(detail -> detail.text("lastStatus").equals("STOPPED"))
        .findFirst()
        .orElseThrow();
  }

  static Fields container(Fields detail, String name) {
    return detail.list("containers").stream()
        .filter(container -> container.text("name").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no container " + name + " in " + detail));
  }

  static List<String> texts(List<Fields> all, String field) {
    return all.stream().map(one -> one.text(field)).toList();
  }

  @Override
  public void close() {
    client.close();
    wire.close();
  }
}
