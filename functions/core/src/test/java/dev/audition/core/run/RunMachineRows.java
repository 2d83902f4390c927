package dev.audition.core.run;

import static dev.audition.core.run.RunStatus.CLEARING;
import static dev.audition.core.run.RunStatus.CONFIRMING;
import static dev.audition.core.run.RunStatus.ENDED;
import static dev.audition.core.run.RunStatus.PREPARING;
import static dev.audition.core.run.RunStatus.QUEUED;
import static dev.audition.core.run.RunStatus.RUNNING;

import dev.audition.core.hook.HookKind;
import dev.audition.core.run.RunEvent.CancelRequested;
import dev.audition.core.run.RunEvent.Checked;
import dev.audition.core.run.RunEvent.CommandBroke;
import dev.audition.core.run.RunEvent.DeadlinePassed;
import dev.audition.core.run.RunEvent.HookQueued;
import dev.audition.core.run.RunEvent.HookTried;
import dev.audition.core.run.RunEvent.LaunchRefused;
import dev.audition.core.run.RunEvent.Launched;
import dev.audition.core.run.RunEvent.PreparationFailed;
import dev.audition.core.run.RunEvent.Started;
import dev.audition.core.run.RunEvent.StepPrepared;
import dev.audition.core.run.RunEvent.StopAnswered;
import dev.audition.core.run.RunEvent.TaskStateChanged;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of the run machine, and runs in every status. */
final class RunMachineRows {
  static final Instant NOW = ManualClock.START;
  static final Instant LATE = NOW.plus(Duration.ofHours(2));
  static final TaskArn ARN = new TaskArn("arn:test:task/1");
  static final TaskArn OTHER = new TaskArn("arn:test:task/2");
  static final TaskKey KEY = new TaskKey(World.ID, 1, 1, 1);
  static final TaskKey NEXT_ATTEMPT = new TaskKey(World.ID, 1, 1, 2);
  static final TaskShape SHAPE =
      new TaskShape(
          1, List.of(new ContainerShape("tests", "tests", true, true, List.of(), null, null)));

  private RunMachineRows() {}

  /**
   * One row.
   *
   * @param commands the ids of the commands that are new
   */
  record Row(
      String sentence,
      RunStatus from,
      RunEvent event,
      Instant at,
      RunStatus to,
      List<String> commands) {
    @Override
    public String toString() {
      return sentence;
    }
  }

  private static Row row(
      String sentence, RunStatus from, RunEvent event, RunStatus to, String... commands) {
    return new Row(sentence, from, event, NOW, to, List.of(commands));
  }

  private static Row late(
      String sentence, RunStatus from, RunEvent event, RunStatus to, String... commands) {
    return new Row(sentence, from, event, LATE, to, List.of(commands));
  }

  static final RunEvent STARTED = new Started();
  static final RunEvent PREPARED = new StepPrepared(1, 1, List.of(SHAPE), List.of());
  static final RunEvent NOT_PREPARED =
      new PreparationFailed(1, 1, PreparationFailed.Kind.BUILD_FAILED, "no");
  static final RunEvent LAUNCHED = new Launched(KEY, ARN);
  static final RunEvent REFUSED = new LaunchRefused(KEY, 1, RefusalKind.COMPOSITION, "no");
  static final RunEvent STOP_ANSWERED = new StopAnswered(ARN);
  static final RunEvent CHECKED = new Checked(1, List.of(ARN), List.of(described(9, 0)));
  static final RunEvent PREPARE_BROKE = new CommandBroke("prepare/1/1", "a fault");
  static final RunEvent LAUNCH_BROKE = new CommandBroke("launch/1/1/1/1", "a fault");
  static final RunEvent STOP_BROKE = new CommandBroke("stop/" + ARN, "a fault");
  static final RunEvent CONFIRM_BROKE = new CommandBroke("confirm/1", "a fault");
  static final RunEvent DEADLINE = new DeadlinePassed();
  static final HookKey HOOK = new HookKey(World.ID, 1, HookKind.ON_FINISH, 1);
  static final RunEvent QUEUED_HOOK = new HookQueued(HOOK);
  static final RunEvent TRIED_HOOK = new HookTried(HOOK, 1, HookTried.Outcome.DELIVERED, "200");
  static final RunEvent CANCEL = new CancelRequested("Ctrl-C", "");

  static Stream<Row> rows() {
    return Stream.of(queued(), preparing(), running(), confirming(), clearing(), ended())
        .flatMap(List::stream);
  }

  private static List<Row> queued() {
    return List.of(
        row("a start begins the first step", QUEUED, STARTED, PREPARING, "prepare/1/1"),
        row("a preparation nobody asked for is ignored", QUEUED, PREPARED, QUEUED),
        row("a failure of one too", QUEUED, NOT_PREPARED, QUEUED),
        row("a launch nobody asked for is ignored", QUEUED, LAUNCHED, QUEUED),
        row("a refusal of one too", QUEUED, REFUSED, QUEUED),
        row("a task that lies ahead is none of ours", QUEUED, changed(1, null), QUEUED),
        row("a check finds nothing", QUEUED, CHECKED, QUEUED),
        row("a stop nobody asked for is ignored", QUEUED, STOP_ANSWERED, QUEUED),
        row("a command nobody asked for cannot break", QUEUED, PREPARE_BROKE, QUEUED),
        late("waiting has no deadline", QUEUED, DEADLINE, QUEUED),
        row("a cancel ends it", QUEUED, CANCEL, ENDED),
        row("a hook of nobody is not queued", QUEUED, QUEUED_HOOK, QUEUED),
        row("nor tried", QUEUED, TRIED_HOOK, QUEUED));
  }

  private static List<Row> preparing() {
    return List.of(
        row("a second start changes nothing", PREPARING, STARTED, PREPARING),
        row("prepared, its tasks are launched", PREPARING, PREPARED, RUNNING, "launch/1/1/1/1"),
        row("a failed build ends the run", PREPARING, NOT_PREPARED, ENDED),
        row(
            "an engine that is away is asked again later",
            PREPARING,
            new PreparationFailed(1, 1, PreparationFailed.Kind.UNAVAILABLE, "away"),
            PREPARING),
        row("nothing can have been launched yet", PREPARING, LAUNCHED, PREPARING),
        row("nor refused", PREPARING, REFUSED, PREPARING),
        row("nor seen", PREPARING, changed(1, null), PREPARING),
        row("nor found", PREPARING, CHECKED, PREPARING),
        row("nor stopped", PREPARING, STOP_ANSWERED, PREPARING),
        row("a preparation that breaks is an error", PREPARING, PREPARE_BROKE, ENDED),
        row("a deadline that is not over is ignored", PREPARING, DEADLINE, PREPARING),
        late("a deadline that is over ends the step", PREPARING, DEADLINE, ENDED),
        row("a cancel ends the run", PREPARING, CANCEL, ENDED),
        row("a hook of nobody is not queued", PREPARING, QUEUED_HOOK, PREPARING),
        row("nor tried", PREPARING, TRIED_HOOK, PREPARING));
  }

  private static List<Row> running() {
    return List.of(
        row("a second start changes nothing", RUNNING, STARTED, RUNNING),
        row("a second preparation too", RUNNING, PREPARED, RUNNING),
        row("and a failure of it", RUNNING, NOT_PREPARED, RUNNING),
        row("a launch is known by its ARN", RUNNING, LAUNCHED, RUNNING),
        row(
            "a second task for one attempt is stopped",
            RUNNING,
            new Launched(KEY, OTHER),
            RUNNING,
            "stop/" + OTHER),
        row("a refusal of what runs is ignored", RUNNING, REFUSED, RUNNING),
        row("a task that runs is watched", RUNNING, changed(2, null), RUNNING),
        row("an exit of 0 is confirmed first", RUNNING, changed(2, 0), CONFIRMING, "confirm/1"),
        row("another exit ends the run and the task", RUNNING, changed(2, 1), ENDED, "stop/" + ARN),
        row(
            "a task that is going down already needs no stop",
            RUNNING,
            new TaskStateChanged(ending(StopCode.ESSENTIAL_CONTAINER_EXITED, 1)),
            ENDED),
        row(
            "an interruption of a candidate ends the run",
            RUNNING,
            new TaskStateChanged(ending(StopCode.SPOT_INTERRUPTION, 143)),
            ENDED),
        row("a check needs no confirmation", RUNNING, CHECKED, CLEARING, "stop/" + ARN),
        row("a stop nobody asked for is ignored", RUNNING, STOP_ANSWERED, RUNNING),
        row("a command that was answered cannot break", RUNNING, LAUNCH_BROKE, RUNNING),
        row("a deadline that is not over is ignored", RUNNING, DEADLINE, RUNNING),
        late("a deadline ends the step and its task", RUNNING, DEADLINE, ENDED, "stop/" + ARN),
        row("a cancel ends the run and its task", RUNNING, CANCEL, ENDED, "stop/" + ARN),
        row("a hook of nobody is not queued", RUNNING, QUEUED_HOOK, RUNNING),
        row("nor tried", RUNNING, TRIED_HOOK, RUNNING));
  }

  private static List<Row> confirming() {
    return List.of(
        row("a second start changes nothing", CONFIRMING, STARTED, CONFIRMING),
        row("a second preparation too", CONFIRMING, PREPARED, CONFIRMING),
        row("and a failure of it", CONFIRMING, NOT_PREPARED, CONFIRMING),
        row("and a second answer to the launch", CONFIRMING, LAUNCHED, CONFIRMING),
        row("and a refusal of it", CONFIRMING, REFUSED, CONFIRMING),
        row("an event does not confirm", CONFIRMING, changed(3, 0), CONFIRMING),
        row("a check that still finds 0 passes", CONFIRMING, CHECKED, CLEARING, "stop/" + ARN),
        row(
            "a check that finds another exit fails",
            CONFIRMING,
            new Checked(1, List.of(ARN), List.of(described(9, 1))),
            ENDED,
            "stop/" + ARN),
        row("a stop nobody asked for is ignored", CONFIRMING, STOP_ANSWERED, CONFIRMING),
        row("a check that breaks is asked for again", CONFIRMING, CONFIRM_BROKE, CONFIRMING),
        row("a deadline after the end is too late", CONFIRMING, DEADLINE, CONFIRMING),
        late("but confirming has its own", CONFIRMING, DEADLINE, ENDED, "stop/" + ARN),
        row("a cancel ends what nobody was told of", CONFIRMING, CANCEL, ENDED, "stop/" + ARN),
        row("a hook of nobody is not queued", CONFIRMING, QUEUED_HOOK, CONFIRMING),
        row("nor tried", CONFIRMING, TRIED_HOOK, CONFIRMING));
  }

  private static List<Row> clearing() {
    return List.of(
        row("a second start changes nothing", CLEARING, STARTED, CLEARING),
        row("a second preparation too", CLEARING, PREPARED, CLEARING),
        row("and a failure of it", CLEARING, NOT_PREPARED, CLEARING),
        row("and a second answer to the launch", CLEARING, LAUNCHED, CLEARING),
        row("and a refusal of it", CLEARING, REFUSED, CLEARING),
        row("a task on its way down is waited for", CLEARING, changed(10, 0), CLEARING),
        row(
            "when it has stopped, the next step begins",
            CLEARING,
            new TaskStateChanged(ending(StopCode.USER_INITIATED, 0)),
            PREPARING,
            "prepare/2/1"),
        row(
            "a check that finds it stopped will do",
            CLEARING,
            new Checked(1, List.of(ARN), List.of(ending(StopCode.USER_INITIATED, 0))),
            PREPARING,
            "prepare/2/1"),
        row("a stop that was heard is not asked for again", CLEARING, STOP_ANSWERED, CLEARING),
        row("a stop that breaks is asked for again", CLEARING, STOP_BROKE, CLEARING),
        row("a deadline of the step is over", CLEARING, DEADLINE, CLEARING),
        late("clearing has its own", CLEARING, DEADLINE, PREPARING, "prepare/2/1"),
        row("a cancel ends the run", CLEARING, CANCEL, ENDED),
        row("a hook of nobody is not queued", CLEARING, QUEUED_HOOK, CLEARING),
        row("nor tried", CLEARING, TRIED_HOOK, CLEARING));
  }

  private static List<Row> ended() {
    return List.of(
        row("a verdict stands, whatever starts", ENDED, STARTED, ENDED),
        row("is prepared", ENDED, PREPARED, ENDED),
        row("is not prepared", ENDED, NOT_PREPARED, ENDED),
        row("is launched", ENDED, LAUNCHED, ENDED),
        row("is refused", ENDED, REFUSED, ENDED),
        row("is seen", ENDED, changed(10, 1), ENDED),
        row(
            "a task nobody wants any more is stopped",
            ENDED,
            new TaskStateChanged(described(OTHER, 1, null)),
            ENDED,
            "stop/" + OTHER),
        row("is found", ENDED, CHECKED, ENDED),
        row("a stop that was heard is done", ENDED, STOP_ANSWERED, ENDED),
        row("a stop that breaks is asked for again", ENDED, STOP_BROKE, ENDED),
        late("no deadline holds any more", ENDED, DEADLINE, ENDED),
        row("a cancel comes too late", ENDED, CANCEL, ENDED),
        row("a hook of nobody is not queued", ENDED, QUEUED_HOOK, ENDED),
        row("nor tried", ENDED, TRIED_HOOK, ENDED));
  }

  static TaskDescription failedToStart() {
    return new TaskDescription(
        ARN,
        KEY.startedBy(),
        3,
        LastStatus.STOPPED,
        DesiredStatus.STOPPED,
        List.of(container(LastStatus.STOPPED, null, "CannotPullContainerError: i/o timeout")),
        StopCode.TASK_FAILED_TO_START,
        "CannotPullContainerError: i/o timeout",
        NOW,
        null,
        NOW);
  }

  static Run apply(Run run, RunEvent event) {
    return RunMachine.apply(run, event, NOW).next();
  }

  /** A run of two steps in a status, brought there by events. */
  static Run in(RunStatus status) {
    return switch (status) {
      case QUEUED ->
          Run.of(
              World.ID,
              "audition.yml",
              null,
              List.of(StepKinds.composition(1, "tests"), StepKinds.composition(2, "tests")),
              NOW);
      case PREPARING -> apply(in(QUEUED), STARTED);
      case RUNNING -> apply(apply(apply(in(PREPARING), PREPARED), LAUNCHED), changed(1, null));
      case CONFIRMING -> apply(in(RUNNING), changed(2, 0));
      case CLEARING -> apply(in(CONFIRMING), CHECKED);
      case ENDED -> apply(in(RUNNING), changed(2, 1));
    };
  }

  static RunEvent changed(long version, @Nullable Integer exitCode) {
    return new TaskStateChanged(described(version, exitCode));
  }

  static TaskDescription described(long version, @Nullable Integer exitCode) {
    return described(ARN, version, exitCode);
  }

  static TaskDescription described(TaskArn arn, long version, @Nullable Integer exitCode) {
    return new TaskDescription(
        arn,
        KEY.startedBy(),
        version,
        LastStatus.RUNNING,
        DesiredStatus.RUNNING,
        List.of(
            container(exitCode == null ? LastStatus.RUNNING : LastStatus.STOPPED, exitCode, "")),
        null,
        "",
        NOW,
        NOW,
        null);
  }

  static TaskDescription ending(StopCode code, int exitCode) {
    return new TaskDescription(
        ARN,
        KEY.startedBy(),
        20,
        LastStatus.STOPPED,
        DesiredStatus.STOPPED,
        List.of(container(LastStatus.STOPPED, exitCode, "")),
        code,
        "",
        NOW,
        NOW,
        NOW);
  }

  private static ContainerDescription container(
      LastStatus status, @Nullable Integer exitCode, String reason) {
    return new ContainerDescription(
        "tests",
        status,
        exitCode,
        reason,
        HealthStatus.UNKNOWN,
        false,
        reason.isEmpty() ? NOW : null,
        status == LastStatus.STOPPED ? NOW : null,
        0,
        null);
  }
}
