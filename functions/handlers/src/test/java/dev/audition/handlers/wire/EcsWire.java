package dev.audition.handlers.wire;

import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.tree.TreeNode;
import dev.audition.handlers.wire.Faults.Fault;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ECS on loopback, for one cluster: the SDK drives it when its endpoint is overridden. */
public final class EcsWire implements AutoCloseable {
  /**
   * What it is made of.
   *
   * @param runtime runs the tasks; whoever makes it passes its changes to {@link #changed}
   * @param metadata where the task metadata endpoint listens: an address that containers reach
   */
  public record Parts(
      Arns arns,
      TaskRuntime runtime,
      LaunchSources sources,
      InetAddress metadata,
      InstantSource clock) {}

  private final Arns arns;
  private final DefinitionRegistry definitions;
  private final TaskMetadata metadata;
  private final StateChangeFeed feed;
  private final TaskTable tasks;
  private final Faults faults = new Faults();
  private final WireServer server;

  /** Start one. */
  public EcsWire(Parts parts) {
    arns = parts.arns();
    definitions = new DefinitionRegistry(arns, parts.clock());
    metadata = new TaskMetadata(arns, parts.metadata());
    feed = new StateChangeFeed(arns, parts.clock());
    tasks = new TaskTable(parts, definitions, metadata, feed);
    server = new WireServer(this::call, faults);
  }

  /** Return what to override the SDK's endpoint with. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** Return the names of things here. */
  public Arns arns() {
    return arns;
  }

  /** Return what goes wrong. */
  public Faults faults() {
    return faults;
  }

  /** Return the state change events. */
  public StateChangeFeed events() {
    return feed;
  }

  /** Take a change of a task of the runtime. */
  public void changed(TaskDescription task) {
    tasks.changed(task);
  }

  /** Refuse what would need more vCPUs at one time. */
  public void quota(int vcpu) {
    tasks.quota(vcpu);
  }

  /** End a task as a spot interruption or a lost host does. */
  public void interrupt(String taskArn, StopCode code, String reason) {
    tasks.interrupt(taskArn, code, reason);
  }

  /** Forget what has stopped, as ECS does after an hour or more. */
  public void forgetStopped() {
    tasks.forgetStopped();
  }

  /** Let the task metadata endpoint answer, or not. */
  public void metadataAnswers(boolean answers) {
    metadata.reachable(answers);
  }

  /** Return the ARNs of the tasks that have not stopped. */
  public List<String> alive() {
    return tasks.alive();
  }

  /** Return how many tasks were really launched with this {@code startedBy}. */
  public long launches(String startedBy) {
    return tasks.launches(startedBy);
  }

  /** Return how many requests of each operation came in. */
  public Map<String, Integer> requests() {
    return server.requests();
  }

  private TreeNode call(String operation, Fields request, Optional<Fault> fault) {
    boolean unseen = fault.filter(Fault.NotSeenYet.class::isInstance).isPresent();
    return switch (operation) {
      case "RegisterTaskDefinition" -> definitions.register(request);
      case "DescribeTaskDefinition" -> definitions.describe(request);
      case "ListTaskDefinitions" -> definitions.list(request);
      case "ListTaskDefinitionFamilies" -> definitions.families(request);
      case "DeregisterTaskDefinition" -> definitions.deregister(request);
      case "DeleteTaskDefinitions" -> definitions.delete(request);
      case "RunTask" -> tasks.run(inCluster(request), failure(fault));
      case "StopTask" -> tasks.stop(inCluster(request));
      case "DescribeTasks" -> tasks.describe(inCluster(request), unseen);
      case "ListTasks" -> tasks.list(inCluster(request), unseen);
      default -> throw EcsError.of("UnknownOperationException", "operation: " + operation);
    };
  }

  private Fields inCluster(Fields request) {
    String cluster = request.text("cluster");
    if (!cluster.equals(arns.cluster()) && !cluster.equals(arns.clusterArn())) {
      throw EcsError.of("ClusterNotFoundException", "Cluster not found.");
    }
    return request;
  }

  private static Optional<String> failure(Optional<Fault> fault) {
    return fault.flatMap(
        what ->
            what instanceof Fault.Failure failure
                ? Optional.of(failure.reason())
                : Optional.empty());
  }

  @Override
  public void close() {
    server.close();
    metadata.close();
    feed.close();
  }
}
