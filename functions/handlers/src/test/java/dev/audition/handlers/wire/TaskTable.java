package dev.audition.handlers.wire;

import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tasks of the cluster, by id, and what RunTask, StopTask, DescribeTasks and ListTasks do. */
final class TaskTable {
  private static final int MOST_DESCRIBED = 100;

  /** What a token stands for: parameters, and the tasks that came of them. */
  private record Token(String parameters, List<WireTask> tasks) {}

  private final Arns arns;
  private final InstantSource clock;
  private final TaskRuntime runtime;
  private final DefinitionRegistry definitions;
  private final TaskTranslation translation;
  private final TaskMetadata metadata;
  private final StateChangeFeed feed;
  private final Map<String, WireTask> tasks = new LinkedHashMap<>();
  private final Map<TaskArn, WireTask> byRuntimeArn = new LinkedHashMap<>();
  private final Map<String, TaskArn> runtimeArns = new LinkedHashMap<>();
  private final Map<String, Token> tokens = new LinkedHashMap<>();
  private int quotaCpuUnits = Integer.MAX_VALUE;

  TaskTable(
      EcsWire.Parts parts,
      DefinitionRegistry definitions,
      TaskMetadata metadata,
      StateChangeFeed feed) {
    this.arns = parts.arns();
    this.clock = parts.clock();
    this.runtime = parts.runtime();
    this.translation = new TaskTranslation(parts.sources());
    this.definitions = definitions;
    this.metadata = metadata;
    this.feed = feed;
  }

  synchronized void quota(int vcpu) {
    quotaCpuUnits = vcpu * 1024;
  }

  synchronized TreeNode run(Fields request, Optional<String> failure) {
    RegisteredDefinition definition = definitions.launchable(request.text("taskDefinition"));
    RunTaskRules.check(request, definition);
    String token = request.text("clientToken");
    String parameters = JsonWriter.write(request.object().without("clientToken"));
    Token known = tokens.get(token);
    if (known != null) {
      if (!known.parameters().equals(parameters)) {
        throw EcsError.conflict(known.tasks().stream().map(task -> task.facts().arn()).toList());
      }
      return launched(known.tasks(), List.of());
    }
    String refusal = failure.orElseGet(() -> exceeded(definition, request));
    if (!refusal.isEmpty()) {
      return launched(List.of(), List.of(failure(arns.clusterArn(), refusal)));
    }
    List<WireTask> made = new ArrayList<>();
    for (int i = 0; i < request.number("count", 1); i++) {
      made.add(launch(request, definition));
    }
    if (!token.isEmpty()) {
      tokens.put(token, new Token(parameters, made));
    }
    return launched(made, List.of());
  }

  private String exceeded(RegisteredDefinition definition, Fields request) {
    int wanted = new TaskFacts("", "", definition, request, Instant.EPOCH).cpuUnits();
    int used =
        tasks.values().stream()
            .filter(task -> !task.stopped())
            .mapToInt(task -> task.facts().cpuUnits())
            .sum();
    long all = (long) used + (long) wanted * request.number("count", 1);
    return all > quotaCpuUnits ? Faults.Fault.Failure.QUOTA.reason() : "";
  }

  private WireTask launch(Fields request, RegisteredDefinition definition) {
    String id = UUID.randomUUID().toString().replace("-", "");
    TaskFacts facts = new TaskFacts(id, arns.task(id), definition, request, clock.instant());
    WireTask task =
        new WireTask(facts, arns, clock, described(facts, 0, LastStatus.PROVISIONING, ""));
    tasks.put(id, task);
    try {
      TaskDefinition translated =
          translation.translate(definition, facts.overrides(), metadata.register(task));
      Launch launch = new Launch(facts.startedBy(), id, translated);
      switch (runtime.launch(launch)) {
        case LaunchAnswer.Launched answer -> {
          byRuntimeArn.put(answer.taskArn(), task);
          runtimeArns.put(id, answer.taskArn());
        }
        case LaunchAnswer.Refused refused -> throw EcsError.client(refused.reason());
      }
    } catch (ResourceInitializationException e) {
      String why = String.valueOf(e.getMessage());
      tell(task.update(described(facts, 1, LastStatus.PENDING, "")));
      tell(task.update(described(facts, 2, LastStatus.STOPPED, why)));
    }
    return task;
  }

  /** A task of which nothing has run, yet or ever. */
  private TaskDescription described(TaskFacts facts, long version, LastStatus status, String why) {
    boolean failed = status == LastStatus.STOPPED;
    Instant now = clock.instant();
    return new TaskDescription(
        new TaskArn(facts.arn()),
        facts.startedBy(),
        version,
        status,
        failed ? DesiredStatus.STOPPED : DesiredStatus.RUNNING,
        facts.definition().containers().stream()
            .map(
                container ->
                    new ContainerDescription(
                        container.text("name"),
                        failed ? LastStatus.STOPPED : LastStatus.PENDING,
                        null,
                        "",
                        HealthStatus.UNKNOWN,
                        false,
                        null,
                        null,
                        0,
                        null))
            .toList(),
        failed ? StopCode.TASK_FAILED_TO_START : null,
        why,
        facts.at(),
        null,
        failed ? now : null);
  }

  /** Take a change from the runtime. */
  void changed(TaskDescription description) {
    WireTask task = of(description.taskArn());
    if (task != null) {
      tell(task.update(description));
    }
  }

  private synchronized @Nullable WireTask of(TaskArn runtimeArn) {
    return byRuntimeArn.get(runtimeArn);
  }

  private void tell(List<TreeNode.Mapping> details) {
    details.forEach(feed::send);
  }

  synchronized TreeNode stop(Fields request) {
    WireTask task =
        find(request.text("task"))
            .orElseThrow(() -> EcsError.invalidParameter("The referenced task was not found."));
    String reason = request.text("reason");
    stop(task, reason.isEmpty() ? "Task stopped by user" : reason);
    return Tree.mapping().put("task", task.describe(false)).build();
  }

  private void stop(WireTask task, String reason) {
    TaskArn arn = runtimeArns.get(task.facts().id());
    if (arn != null) {
      runtime.stop(arn, reason);
    }
  }

  /** Let somebody else end a task: a spot interruption, a lost host. */
  synchronized void interrupt(String arn, StopCode code, String reason) {
    WireTask task = find(arn).orElseThrow(() -> new IllegalArgumentException("task: " + arn));
    task.blame(code, reason);
    stop(task, reason);
  }

  synchronized TreeNode describe(Fields request, boolean unseen) {
    List<String> wanted = request.texts("tasks");
    if (wanted.isEmpty() || wanted.size() > MOST_DESCRIBED) {
      throw EcsError.invalidParameter("tasks: 1 to 100 at once");
    }
    boolean tags = request.texts("include").contains("TAGS");
    List<TreeNode> found = new ArrayList<>();
    List<TreeNode> failures = new ArrayList<>();
    for (String name : wanted) {
      Optional<WireTask> task = unseen ? Optional.empty() : find(name);
      if (task.isPresent()) {
        found.add(task.get().describe(tags));
      } else {
        failures.add(failure(arns.task(Arns.id(name)), "MISSING"));
      }
    }
    return answer(found, failures);
  }

  synchronized TreeNode list(Fields request, boolean unseen) {
    String startedBy = request.text("startedBy");
    String family = request.text("family");
    if (!startedBy.isEmpty() && (!family.isEmpty() || request.has("desiredStatus"))) {
      throw EcsError.invalidParameter("When you specify startedBy, it must be the only filter.");
    }
    String desired = request.has("desiredStatus") ? request.text("desiredStatus") : "RUNNING";
    List<String> found =
        tasks.values().stream()
            .filter(task -> !unseen)
            .filter(task -> task.seen().desiredStatus().name().equals(desired))
            .filter(task -> startedBy.isEmpty() || task.facts().startedBy().equals(startedBy))
            .filter(task -> family.isEmpty() || task.facts().definition().family().equals(family))
            .map(task -> task.facts().arn())
            .toList();
    return Page.of(request, found).render("taskArns");
  }

  /** Forget what has stopped, as ECS does after an hour or more. */
  synchronized void forgetStopped() {
    tasks.values().removeIf(WireTask::stopped);
  }

  /** Return the ARNs of all tasks that have not stopped. */
  synchronized List<String> alive() {
    return tasks.values().stream()
        .filter(task -> !task.stopped())
        .map(task -> task.facts().arn())
        .toList();
  }

  /** Return how many tasks were launched with this {@code startedBy}. */
  synchronized long launches(String startedBy) {
    return byRuntimeArn.values().stream()
        .filter(task -> task.facts().startedBy().equals(startedBy))
        .count();
  }

  private Optional<WireTask> find(String arnOrId) {
    return Optional.ofNullable(tasks.get(Arns.id(arnOrId)));
  }

  private static TreeNode launched(List<WireTask> tasks, List<TreeNode> failures) {
    return answer(tasks.stream().<TreeNode>map(task -> task.describe(true)).toList(), failures);
  }

  private static TreeNode answer(List<TreeNode> tasks, List<TreeNode> failures) {
    return Tree.mapping().putList("tasks", tasks).putList("failures", failures).build();
  }

  private static TreeNode failure(String arn, String reason) {
    return Tree.mapping().putText("arn", arn).putText("reason", reason).build();
  }
}
