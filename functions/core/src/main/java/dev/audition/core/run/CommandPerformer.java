package dev.audition.core.run;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.run.RunCommand.ConfirmStep;
import dev.audition.core.run.RunCommand.LaunchTask;
import dev.audition.core.run.RunCommand.PrepareStep;
import dev.audition.core.run.RunCommand.SendHook;
import dev.audition.core.run.RunCommand.StopTask;
import dev.audition.core.run.RunEvent.Checked;
import dev.audition.core.run.RunEvent.HookQueued;
import dev.audition.core.run.RunEvent.LaunchRefused;
import dev.audition.core.run.RunEvent.Launched;
import dev.audition.core.run.RunEvent.PreparationFailed;
import dev.audition.core.run.RunEvent.StepPrepared;
import dev.audition.core.run.RunEvent.StopAnswered;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.StepPreparation.Prepared;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does what a command says and returns the event that answers it. */
final class CommandPerformer {
  /** After this long a client token may have been forgotten, so the launch is looked up instead. */
  static final Duration TOO_OLD_TO_REPLAY = Duration.ofMinutes(30);

  private final RunPorts ports;

  CommandPerformer(RunPorts ports) {
    this.ports = ports;
  }

  Optional<RunEvent> perform(Run run, PendingCommand pending, Instant now) {
    return switch (pending.command()) {
      case PrepareStep prepare -> Optional.of(prepare(run, prepare));
      case LaunchTask launch when old(pending, now) -> Optional.of(lookUp(launch));
      case LaunchTask launch -> Optional.of(launch(run, launch));
      case StopTask stop -> {
        ports.runtime().stop(stop.arn(), stop.reason());
        yield Optional.of(new StopAnswered(stop.arn()));
      }
      case ConfirmStep confirm -> confirm(run, confirm);
      case SendHook send -> {
        ports.hooks().enqueue(send.key());
        yield Optional.of(new HookQueued(send.key()));
      }
    };
  }

  private static boolean old(PendingCommand pending, Instant now) {
    return now.isAfter(pending.since().plus(TOO_OLD_TO_REPLAY));
  }

  private RunEvent prepare(Run run, PrepareStep command) {
    Prepared prepared = ports.preparation().prepare(run.id(), command.step());
    return switch (prepared) {
      case Prepared.Ready ready ->
          new StepPrepared(
              command.step(),
              command.attempt(),
              shapes(run, command.step(), ready.definitions()),
              ready.warnings());
      case Prepared.BuildFailed failed ->
          failed(
              command,
              PreparationFailed.Kind.BUILD_FAILED,
              "The build of %s failed: %s".formatted(failed.name(), failed.reason()));
      case Prepared.Refused refused ->
          failed(
              command,
              PreparationFailed.Kind.REFUSED,
              refused.diagnostics().stream()
                  .filter(Diagnostic::refuses)
                  .map(Diagnostic::render)
                  .collect(Collectors.joining("; ")));
      case Prepared.Unavailable unavailable ->
          failed(command, PreparationFailed.Kind.UNAVAILABLE, unavailable.reason());
    };
  }

  private static RunEvent failed(PrepareStep command, PreparationFailed.Kind kind, String reason) {
    return new PreparationFailed(command.step(), command.attempt(), kind, reason);
  }

  private static List<TaskShape> shapes(Run run, int number, List<TaskDefinition> definitions) {
    List<String> candidates =
        run.step(number).map(step -> step.settings().candidates()).orElse(List.of());
    return IntStream.range(0, definitions.size())
        .mapToObj(i -> TaskShape.of(i + 1, definitions.get(i), candidates))
        .toList();
  }

  private RunEvent launch(Run run, LaunchTask command) {
    TaskKey key = command.key();
    TaskDefinition definition =
        ports.preparation().definitions(run.id(), key.step()).get(key.task() - 1);
    String token = ClientToken.of(key, command.tryNumber()).value();
    LaunchValues values = ports.preparation().values(run.id(), key.step(), key.task());
    Instant deadline = deadline(run, key);
    LaunchAnswer answer =
        ports.runtime().launch(new Launch(key.startedBy(), token, definition, values, deadline));
    return switch (answer) {
      case LaunchAnswer.Launched launched -> new Launched(key, launched.taskArn());
      case LaunchAnswer.Refused refused ->
          new LaunchRefused(key, command.tryNumber(), refused.kind(), refused.reason());
    };
  }

  /** The task's own keeper knows one moment: that of its step or of the whole run. */
  private static @Nullable Instant deadline(Run run, TaskKey key) {
    return Stream.of(
            Optional.ofNullable(run.deadline()),
            run.step(key.step()).map(step -> step.times().deadline()))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private RunEvent lookUp(LaunchTask command) {
    TaskKey key = command.key();
    return ports.runtime().find(key.startedBy()).stream()
        .map(TaskDescription::taskArn)
        .findFirst()
        .<RunEvent>map(arn -> new Launched(key, arn))
        .orElseGet(
            () ->
                new LaunchRefused(
                    key,
                    command.tryNumber(),
                    RefusalKind.CAPACITY,
                    "no answer came, and %s later there is no such task"
                        .formatted(Spoken.of(TOO_OLD_TO_REPLAY))));
  }

  private Optional<RunEvent> confirm(Run run, ConfirmStep command) {
    return run.step(command.step())
        .map(
            step -> {
              List<TaskArn> arns =
                  step.tasks().stream()
                      .map(TaskState::arn)
                      .filter(Objects::nonNull)
                      .map(Objects::requireNonNull)
                      .toList();
              return new Checked(command.step(), arns, ports.runtime().describe(arns));
            });
  }
}
