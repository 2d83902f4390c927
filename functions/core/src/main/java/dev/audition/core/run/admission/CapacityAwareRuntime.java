package dev.audition.core.run.admission;

import dev.audition.core.run.RunId;
import dev.audition.core.run.TaskKey;
import dev.audition.core.run.port.ForwardingTaskRuntime;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.verdict.ReasonClassifier;
import dev.audition.core.verdict.ReasonKind;

/** A runtime that tells the admission when capacity or a quota refused a launch. */
public final class CapacityAwareRuntime implements ForwardingTaskRuntime {
  private final TaskRuntime runtime;
  private final AdmissionService admission;

  /** Make one around another. */
  public CapacityAwareRuntime(TaskRuntime runtime, AdmissionService admission) {
    this.runtime = runtime;
    this.admission = admission;
  }

  @Override
  public TaskRuntime runtime() {
    return runtime;
  }

  @Override
  public LaunchAnswer launch(Launch launch) {
    LaunchAnswer answer = runtime.launch(launch);
    if (answer instanceof LaunchAnswer.Refused refused && forWantOfCapacity(refused)) {
      TaskKey.parse(launch.startedBy()).ifPresent(key -> learn(key.run()));
    }
    return answer;
  }

  /** Many are refused at once where a limit is reached, and each wants to write it down. */
  private void learn(RunId run) {
    try {
      admission.refused(run);
    } catch (RuntimeException e) {
      return; // the others say it too, and the answer to this launch must not be lost for it
    }
  }

  /** Throttled calls and an engine that is away are tried again too, and say nothing of limits. */
  private static boolean forWantOfCapacity(LaunchAnswer.Refused refused) {
    return refused.kind() == RefusalKind.CAPACITY
        && ReasonClassifier.classify(refused.reason()) == ReasonKind.CAPACITY;
  }
}
