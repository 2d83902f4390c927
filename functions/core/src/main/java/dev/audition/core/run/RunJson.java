package dev.audition.core.run;

import dev.audition.core.run.RunCommand.ConfirmStep;
import dev.audition.core.run.RunCommand.LaunchTask;
import dev.audition.core.run.RunCommand.PrepareStep;
import dev.audition.core.run.RunCommand.SendHook;
import dev.audition.core.run.RunCommand.StopTask;
import dev.audition.core.task.TaskArn;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.verdict.Verdict;
import java.time.Instant;

/**
 * Runs as JSON text, as stores keep them. What an older release wrote stays readable: a field it
 * did not know has its first value.
 */
public final class RunJson {
  /** The version of this form; it grows when an older release could not read it any more. */
  public static final int SCHEMA = 1;

  private RunJson() {}

  /** Write a run on one line. */
  public static String write(Run run) {
    return JsonWriter.write(tree(run));
  }

  /** Return a run as a tree. */
  public static Mapping tree(Run run) {
    JsonObject object = new JsonObject();
    object.number("schema", SCHEMA);
    object.put("id", run.id());
    object.number("version", run.version());
    object.put("file", run.file());
    object.put("timeout", run.timeout());
    object.put("status", run.status());
    object.put("createdAt", run.times().createdAt());
    object.put("startedAt", run.times().startedAt());
    object.put("endedAt", run.times().endedAt());
    object.put("nextCheckAt", run.times().nextCheckAt());
    object.list("steps", run.steps().stream().map(StepJson::write).toList());
    object.put("verdict", run.verdict());
    Interruption interruption = run.interruption();
    object.node("interruption", interruption == null ? null : write(interruption));
    object.list("pending", run.pending().stream().map(RunJson::write).toList());
    object.texts("warnings", run.warnings());
    object.list("moments", run.moments().stream().map(RunJson::tree).toList());
    object.node("hooks", HooksJson.write(run.hooks()));
    Ticket ticket = run.ticket();
    object.node("ticket", ticket == null ? null : write(ticket));
    return object.build();
  }

  /**
   * Read a run.
   *
   * @param name where the text is from, for messages
   * @throws dev.audition.core.tree.MalformedJsonException if it is not JSON
   * @throws IllegalArgumentException if it is no run, or was written by a later release
   */
  public static Run read(String text, String name) {
    return read(JsonReader.read(text, name), name);
  }

  /**
   * Read a run's tree.
   *
   * @throws IllegalArgumentException if it is no run, or was written by a later release
   */
  public static Run read(TreeNode tree, String name) {
    JsonFields fields = JsonFields.of(tree);
    int schema = fields.number("schema");
    if (schema != SCHEMA) {
      throw new IllegalArgumentException(
          "%s: schema %d (expected: %d; another release wrote it)".formatted(name, schema, SCHEMA));
    }
    RunId id = fields.required("id", RunId::new);
    return new Run(
        id,
        fields.or("version", Long::valueOf, 0L),
        fields.text("file"),
        fields.durationOrNull("timeout"),
        fields.required("status", RunStatus::valueOf),
        new Run.Times(
            fields.required("createdAt", Instant::parse),
            fields.instantOrNull("startedAt"),
            fields.instantOrNull("endedAt"),
            fields.instantOrNull("nextCheckAt")),
        fields.list("steps", StepJson::read),
        fields.orNull("verdict", Verdict::valueOf),
        fields.object("interruption").map(RunJson::interruption).orElse(null),
        fields.list("pending", pending -> pending(pending, id)),
        fields.texts("warnings"),
        fields.list("moments", (JsonFields moment) -> moment(moment)),
        fields.object("hooks").map(HooksJson::read).orElse(RunHooks.NONE),
        fields.object("ticket").map(RunJson::ticket).orElse(null));
  }

  private static TreeNode write(Interruption interruption) {
    return new JsonObject()
        .put("verdict", interruption.verdict())
        .put("paragraph", interruption.paragraph())
        .put("at", interruption.at())
        .build();
  }

  private static Interruption interruption(JsonFields fields) {
    return new Interruption(
        fields.required("verdict", Verdict::valueOf),
        fields.text("paragraph"),
        fields.required("at", Instant::parse));
  }

  private static TreeNode write(Ticket ticket) {
    return new JsonObject()
        .put("project", ticket.project())
        .put("pool", ticket.pool())
        .number("cpuUnits", ticket.cpuUnits())
        .put("patience", ticket.patience())
        .build();
  }

  private static Ticket ticket(JsonFields fields) {
    return new Ticket(
        fields.required("project", String::valueOf),
        fields.required("pool", CapacityPool::valueOf),
        fields.number("cpuUnits"),
        fields.durationOrNull("patience"));
  }

  /** Return a moment as a tree. */
  public static Mapping tree(Moment moment) {
    return new JsonObject()
        .put("at", moment.at())
        .put("subject", moment.subject())
        .put("event", moment.event())
        .build();
  }

  /**
   * Read a moment's tree.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Moment moment(TreeNode tree) {
    return moment(JsonFields.of(tree));
  }

  private static Moment moment(JsonFields fields) {
    return new Moment(
        fields.required("at", Instant::parse), fields.text("subject"), fields.text("event"));
  }

  private static TreeNode write(PendingCommand pending) {
    JsonObject object = new JsonObject().put("since", pending.since());
    RunCommand command = pending.command();
    object.number("step", command.step());
    return switch (command) {
      case PrepareStep prepare ->
          object.put("command", "prepare").number("attempt", prepare.attempt()).build();
      case LaunchTask launch ->
          object
              .put("command", "launch")
              .number("task", launch.key().task())
              .number("attempt", launch.key().attempt())
              .number("try", launch.tryNumber())
              .build();
      case StopTask stop ->
          object.put("command", "stop").put("arn", stop.arn()).put("reason", stop.reason()).build();
      case ConfirmStep _ -> object.put("command", "confirm").build();
      case SendHook send ->
          object
              .put("command", "hook")
              .put("kind", send.key().kind().word())
              .number("number", send.key().number())
              .build();
    };
  }

  private static PendingCommand pending(JsonFields fields, RunId run) {
    int step = fields.number("step");
    int attempt = fields.number("attempt");
    String name = fields.text("command");
    RunCommand command =
        switch (name) {
          case "prepare" -> new PrepareStep(step, attempt);
          case "launch" ->
              new LaunchTask(
                  new TaskKey(run, step, fields.number("task"), attempt), fields.number("try"));
          case "stop" ->
              new StopTask(step, fields.required("arn", TaskArn::new), fields.text("reason"));
          case "confirm" -> new ConfirmStep(step);
          case "hook" ->
              new SendHook(
                  new HookKey(
                      run,
                      step,
                      fields.required("kind", HooksJson::kind),
                      fields.number("number")));
          default ->
              throw new IllegalArgumentException(
                  "command: \"%s\" (expected: prepare, launch, stop, confirm or hook)"
                      .formatted(name));
        };
    return new PendingCommand(command, fields.required("since", Instant::parse));
  }
}
