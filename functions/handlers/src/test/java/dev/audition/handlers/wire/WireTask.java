package dev.audition.handlers.wire;

import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as ECS shows it. Its version grows with each change that ECS tells; changes of health are
 * shown by DescribeTasks and told to nobody.
 */
final class WireTask {
  /** Whom ECS blames for a stop that the runtime was asked for. */
  private record Blame(StopCode code, String reason) {}

  private final TaskFacts facts;
  private final TaskJson json;
  private final InstantSource clock;
  private TaskDescription seen;
  private LastStatus lastStatus;
  private long version;
  private String told = "";
  private @Nullable Blame blame;
  private @Nullable Instant stoppingAt;

  WireTask(TaskFacts facts, Arns arns, InstantSource clock, TaskDescription first) {
    this.facts = facts;
    this.json = new TaskJson(facts, arns);
    this.clock = clock;
    this.seen = first;
    this.lastStatus = first.lastStatus();
  }

  TaskFacts facts() {
    return facts;
  }

  synchronized TaskDescription seen() {
    return seen;
  }

  synchronized boolean stopped() {
    return lastStatus == LastStatus.STOPPED;
  }

  /** Say why the runtime is about to stop it; the first cause stays. */
  synchronized void blame(StopCode code, String reason) {
    if (blame == null && seen.stopCode() == null) {
      blame = new Blame(code, reason);
    }
  }

  /** Take a change, and return the details of the events that tell it. */
  synchronized List<TreeNode.Mapping> update(TaskDescription next) {
    if (version > 0 && next.version() <= seen.version()) {
      return List.of();
    }
    seen = next;
    if (stoppingAt == null && next.stopCode() != null) {
      stoppingAt = clock.instant();
    }
    List<TreeNode.Mapping> events = new ArrayList<>();
    if (next.lastStatus() == LastStatus.STOPPED) {
      // The network interface goes after the last container.
      lastStatus = LastStatus.DEPROVISIONING;
      tell(events);
    }
    lastStatus = next.lastStatus();
    tell(events);
    return events;
  }

  private void tell(List<TreeNode.Mapping> events) {
    String visible = JsonWriter.write(json.event(view(0)));
    if (!visible.equals(told)) {
      told = visible;
      version++;
      events.add(json.event(view(version)));
    }
  }

  /** Render as DescribeTasks answers it. */
  synchronized TreeNode.Mapping describe(boolean tags) {
    return json.description(view(Math.max(1, version)), tags);
  }

  private TaskJson.View view(long shownVersion) {
    Blame other = blame;
    boolean blamed = other != null && seen.stopCode() == StopCode.USER_INITIATED;
    return new TaskJson.View(
        seen,
        lastStatus,
        shownVersion,
        blamed && other != null ? other.code() : seen.stopCode(),
        blamed && other != null ? other.reason() : seen.stoppedReason(),
        stoppingAt);
  }
}
