package dev.audition.cli;

import dev.audition.core.run.admission.AdmissionService;
import java.time.Duration;

/** Deployed stacks, for the commands that take {@code --stack}. */
interface Deployments {
  /** Return what lets the runs of a stack in. */
  AdmissionService admission(String stack, String region);

  /**
   * Open a stack: its outputs are read, nothing else is asked.
   *
   * @throws dev.audition.aws.CloudException if there is none of that name, or it cannot be asked
   */
  Deployment open(String stack, String region);

  /** Return how the account of a region is asked, for those who look before a stack is there. */
  CloudServices services(String region);

  /** Wait a while before a stack is asked again; an interrupt cuts it short. */
  void pause(Duration time);
}
