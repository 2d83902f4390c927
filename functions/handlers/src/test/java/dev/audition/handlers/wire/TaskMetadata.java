package dev.audition.handlers.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The task metadata endpoint, version 4. It listens at one address, which containers reach, under a
 * path that nobody guesses.
 */
final class TaskMetadata implements AutoCloseable {
  private record Seat(WireTask task, String container) {}

  private final Arns arns;
  private final String root = "/" + UUID.randomUUID() + "/v4/";
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Seat> seats = new ConcurrentHashMap<>();
  private volatile boolean reachable = true;

  TaskMetadata(Arns arns, InetAddress address) {
    this.arns = arns;
    try {
      server = HttpServer.create(new InetSocketAddress(address, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port at " + address, e);
    }
    server.createContext(root, this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** Give each container of a task its own address, as a variable. */
  TaskTranslation.OwnVariables register(WireTask task) {
    return container -> {
      String id = UUID.randomUUID().toString();
      seats.put(id, new Seat(task, container));
      InetSocketAddress address = server.getAddress();
      return Map.of(
          "ECS_CONTAINER_METADATA_URI_V4",
          "http://%s:%d%s%s"
              .formatted(address.getAddress().getHostAddress(), address.getPort(), root, id),
          "AWS_EXECUTION_ENV",
          "AWS_ECS_FARGATE",
          "AWS_REGION",
          arns.region(),
          "AWS_DEFAULT_REGION",
          arns.region());
    };
  }

  /** Answer from now on, or not. */
  void reachable(boolean answers) {
    reachable = answers;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!reachable) {
        return;
      }
      Optional<TreeNode> answer = answer(exchange.getRequestURI().getPath());
      byte[] body =
          answer
              .map(JsonWriter::write)
              .orElse("404 page not found")
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Optional<TreeNode> answer(String path) {
    String[] parts = path.substring(root.length()).split("/", 2);
    Seat seat = seats.get(parts[0]);
    if (seat == null) {
      return Optional.empty();
    }
    if (parts.length == 2) {
      return parts[1].equals("task") || parts[1].equals("taskWithTags")
          ? Optional.of(task(seat.task()))
          : Optional.empty();
    }
    return seat.task().seen().containers().stream()
        .filter(container -> container.name().equals(seat.container()))
        .findFirst()
        .map(container -> container(seat.task(), container));
  }

  private TreeNode task(WireTask task) {
    TaskFacts facts = task.facts();
    TaskDescription seen = task.seen();
    return Tree.mapping()
        .putText("Cluster", arns.clusterArn())
        .putText("TaskARN", facts.arn())
        .putText("Family", facts.definition().family())
        .putText("Revision", Integer.toString(facts.definition().revision()))
        .putText("DesiredStatus", seen.desiredStatus().name())
        .putText("KnownStatus", known(seen.lastStatus()))
        .put(
            "Limits",
            Tree.mapping()
                .putNumber("CPU", facts.cpuUnits() / 1024.0)
                .putNumber("Memory", facts.memoryMiB())
                .build())
        .putText("AvailabilityZone", arns.region() + "a")
        .putText("LaunchType", "FARGATE")
        .putList(
            "Containers",
            seen.containers().stream()
                .filter(TaskMetadata::created)
                .map(container -> container(task, container))
                .toList())
        .build();
  }

  /** What was not pulled yet, or could not be, or waits, has not been created. */
  private static boolean created(ContainerDescription container) {
    return container.startedAt() != null
        || (container.reason().startsWith("CannotStartContainerError: ")
            && !container.reason().contains("dependency graph"));
  }

  private TreeNode container(WireTask task, ContainerDescription container) {
    TaskFacts facts = task.facts();
    Fields definition =
        facts.definition().containers().stream()
            .filter(one -> one.text("name").equals(container.name()))
            .findFirst()
            .orElse(Fields.NONE);
    boolean stopped = container.lastStatus() == LastStatus.STOPPED;
    Tree.MappingBuilder json =
        Tree.mapping()
            .putText("DockerId", Arns.runtimeId(facts.id(), container.name()))
            .putText("Name", container.name())
            .putText("DockerName", container.name())
            .putText("Image", definition.text("image"))
            .putText("ContainerARN", arns.container(facts.id(), container.name()))
            .putText("DesiredStatus", stopped ? "STOPPED" : task.seen().desiredStatus().name())
            .putText(
                "KnownStatus",
                container.startedAt() == null && !stopped
                    ? "CREATED"
                    : known(container.lastStatus()))
            .putText("Type", "NORMAL")
            .put("CreatedAt", Times.TEXT.render(facts.at()));
    Integer exitCode = container.exitCode();
    if (exitCode != null) {
      json.putNumber("ExitCode", exitCode);
    }
    putTime(json, "StartedAt", container.startedAt());
    putTime(json, "FinishedAt", container.stoppedAt());
    if (definition.has("healthCheck")) {
      json.put("Health", health(container.health()));
    }
    return json.build();
  }

  private static TreeNode health(HealthStatus health) {
    return Tree.mapping().putText("status", health.name()).build();
  }

  private static void putTime(Tree.MappingBuilder json, String field, @Nullable Instant time) {
    if (time != null) {
      json.put(field, Times.TEXT.render(time));
    }
  }

  /** The agent knows none of the states of the network. */
  private static String known(LastStatus status) {
    return switch (status) {
      case PROVISIONING, PENDING, ACTIVATING -> "NONE";
      case RUNNING, DEACTIVATING, STOPPING, DEPROVISIONING -> "RUNNING";
      case STOPPED -> "STOPPED";
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
