package dev.audition.core.run;

import dev.audition.core.run.port.HookQueue;
import dev.audition.core.run.port.HookSender;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.run.port.StepPreparation;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Ports that let something happen once, just before or just after one of the calls. */
final class InterruptedPorts
    implements RunStore, TaskRuntime, StepPreparation, HookQueue, HookSender {
  /** The process is killed here. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("killed", null, false, false);
    }
  }

  private final RunPorts ports;
  private final HookSender sender;
  private final int point;
  private final Runnable action;
  private int passed;

  /**
   * Make them.
   *
   * @param point which point, counted from 1: every call has one before and one after
   */
  InterruptedPorts(RunPorts ports, HookSender sender, int point, Runnable action) {
    this.ports = ports;
    this.sender = sender;
    this.point = point;
    this.action = action;
  }

  RunPorts wrapped() {
    return new RunPorts(this, this, this, this);
  }

  /** Return whether the point was reached. */
  boolean happened() {
    return passed >= point;
  }

  private <T> T around(Supplier<T> call) {
    pass();
    T result = call.get();
    pass();
    return result;
  }

  private void pass() {
    passed++;
    if (passed == point) {
      action.run();
    }
  }

  @Override
  public boolean create(Run run) {
    return around(() -> ports.store().create(run));
  }

  @Override
  public Optional<Run> load(RunId id) {
    return around(() -> ports.store().load(id));
  }

  @Override
  public boolean commit(Run next, long expectedVersion) {
    return around(() -> ports.store().commit(next, expectedVersion));
  }

  @Override
  public List<RunId> active(Instant now) {
    return around(() -> ports.store().active(now));
  }

  @Override
  public List<RunId> newest(int limit) {
    return ports.store().newest(limit);
  }

  @Override
  public void putText(RunId id, String name, String text) {
    ports.store().putText(id, name, text);
  }

  @Override
  public boolean addText(RunId id, String name, String text) {
    return ports.store().addText(id, name, text);
  }

  @Override
  public Optional<String> text(RunId id, String name) {
    return ports.store().text(id, name);
  }

  @Override
  public LaunchAnswer launch(Launch launch) {
    return around(() -> ports.runtime().launch(launch));
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    around(
        () -> {
          ports.runtime().stop(taskArn, reason);
          return "";
        });
  }

  @Override
  public List<TaskDescription> describe(List<TaskArn> taskArns) {
    return around(() -> ports.runtime().describe(taskArns));
  }

  @Override
  public List<TaskDescription> find(String startedBy) {
    return around(() -> ports.runtime().find(startedBy));
  }

  @Override
  public Prepared prepare(RunId run, int stepNumber) {
    return around(() -> ports.preparation().prepare(run, stepNumber));
  }

  @Override
  public List<TaskDefinition> definitions(RunId run, int stepNumber) {
    return around(() -> ports.preparation().definitions(run, stepNumber));
  }

  @Override
  public void enqueue(HookKey key) {
    around(
        () -> {
          ports.hooks().enqueue(key);
          return "";
        });
  }

  @Override
  public Answer send(HookMessage message) {
    return around(() -> sender.send(message));
  }
}
