package dev.audition.handlers;

import dev.audition.aws.ecs.TaskStateChange;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.TaskKey;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode;
import dev.audition.handlers.SqsBatch.Message;
import dev.audition.handlers.log.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes in what ECS says of tasks: those of one run are loaded, applied and committed together.
 * Tasks that are none of a stored run are nobody's business here. What cannot be read goes to the
 * dead letters with the reason.
 */
public final class TaskEventHandler {
  private final Wiring wiring;

  /** Make one in a function. */
  public TaskEventHandler() {
    this(Wiring.ofFunction());
  }

  TaskEventHandler(Wiring wiring) {
    this.wiring = wiring;
  }

  /** Handle a batch. */
  public void handleRequest(InputStream input, OutputStream output) throws IOException {
    wiring.begins();
    SqsBatch batch = SqsBatch.read(input);
    List<Run> over = new ArrayList<>();
    List<String> failed =
        wiring
            .batches()
            .grouped(
                batch, this::runOf, (run, messages) -> apply(run, messages, over), this::putAside);
    giveBack(over);
    SqsBatch.answer(output, failed);
  }

  /** After all events, since who may begin for it takes time; a sweep does what fails here. */
  private void giveBack(List<Run> over) {
    if (over.isEmpty()) {
      return;
    }
    try {
      var _ = wiring.queue().changed(over);
    } catch (RuntimeException e) {
      wiring.log().error("what runs held is given back by a sweep", e);
    }
  }

  private String runOf(Message message) {
    return task(message).flatMap(TaskEventHandler::key).map(key -> key.run().value()).orElse("");
  }

  private void apply(String run, List<Message> messages, List<Run> over) {
    List<TaskDescription> tasks = messages.stream().flatMap(m -> task(m).stream()).toList();
    Optional<Run> changed = wiring.runs().tasksChanged(new RunId(run), tasks);
    if (changed.isPresent() && changed.get().over()) {
      over.add(changed.get());
    }
  }

  private void putAside(Message message, String reason) {
    wiring.deadTaskEvents().bury(message, reason);
    wiring.metrics().count(Metrics.UNREADABLE_MESSAGES, 1);
  }

  private Optional<TaskDescription> task(Message message) {
    TreeNode event = JsonReader.read(message.body(), "message");
    Optional<TaskDescription> task = TaskStateChange.read(event);
    return task.filter(_ -> TaskStateChange.cluster(event).equals(wiring.settings().cluster()));
  }

  private static Optional<TaskKey> key(TaskDescription task) {
    return TaskKey.parse(task.startedBy());
  }
}
