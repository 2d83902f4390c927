package dev.audition.cli;

import dev.audition.core.run.admission.AdmissionService;
import java.time.Duration;

/** Deployed stacks, for the commands that take {@code --stack}. */
interface Deployments {
  /** Return what lets the runs of a stack in. */
  AdmissionService admission(String stack, String region);

  /** Wait a while before a stack is asked again. */
  void pause(Duration time);
}
