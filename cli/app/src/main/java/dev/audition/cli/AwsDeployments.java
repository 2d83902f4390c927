package dev.audition.cli;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.cloudformation.StackOutputs;
import dev.audition.aws.dynamo.DynamoAdmissionStore;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.admission.Quotas;
import java.time.Duration;
import java.time.InstantSource;

/** Deployed stacks as the AWS command line on this machine would reach them. */
final class AwsDeployments implements Deployments {
  private static final Duration AFTER_A_LOST_RACE = Duration.ofMillis(50);

  @Override
  public AdmissionService admission(String stack, String region) {
    AwsAccess access = AwsAccess.fromMachine(region);
    StackOutputs outputs = StackOutputs.of(access, stack);
    Backoff backoff = lost -> pause(AFTER_A_LOST_RACE.multipliedBy(lost));
    return new AdmissionService(
        new DynamoAdmissionStore(access, outputs.value("TableName"), backoff),
        Quotas.ofVcpus(Integer.parseInt(outputs.value("VcpuQuotaInUse"))),
        InstantSource.system(),
        backoff);
  }

  @Override
  public void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
