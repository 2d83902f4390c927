package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.CloudException;
import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.core.run.admission.AdmissionState.Mode;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.admission.Claim;
import dev.audition.core.run.admission.Quotas;
import dev.audition.core.testkit.InMemoryAdmissionStore;
import dev.audition.core.testkit.ManualClock;
import dev.audition.local.LocalAudition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StackCommandsTest implements Deployments {
  private final ManualClock clock = new ManualClock();
  private final AdmissionService admission =
      new AdmissionService(new InMemoryAdmissionStore(), Quotas.ofVcpus(6), clock, Backoff.NONE);
  private final List<String> asked = new ArrayList<>();
  private Runnable meanwhile = () -> {};

  @Override
  public AdmissionService admission(String stack, String region) {
    if (stack.equals("unknown")) {
      throw new CloudException("Could not read the outputs: no such stack", false, "", null);
    }
    asked.add(stack + " in " + region);
    return admission;
  }

  @Override
  public Deployment open(String stack, String region) {
    throw new AssertionError("only its admission is asked here");
  }

  @Override
  public CloudServices services(String region) {
    throw new AssertionError("only its admission is asked here");
  }

  @Override
  public void pause(Duration time) {
    meanwhile.run();
  }

  private CommandRun type(Map<String, String> environment, String... words) {
    return CommandRun.with(environment, () -> LocalAudition.of(environment), this, words);
  }

  private CommandRun type(String... words) {
    return type(Map.of("AWS_REGION", "eu-central-1"), words);
  }

  @Test
  void pauseLetsNothingBeginAndResumeLetsItBegin() {
    CommandRun paused = type("pause", "--stack", "ci");
    assertThat(paused.exitCode()).isZero();
    assertThat(paused.err())
        .isEqualTo("ci is paused: requests wait until `audition resume --stack ci`\n");
    assertThat(admission.state().mode()).isEqualTo(Mode.PAUSED);
    assertThat(type("resume", "--stack", "ci", "--region", "us-east-1").exitCode()).isZero();
    assertThat(admission.state().mode()).isEqualTo(Mode.OPEN);
    assertThat(asked).containsExactly("ci in eu-central-1", "ci in us-east-1");
  }

  @Test
  void drainReturnsWhenNothingRunsAnyMore() {
    RunId run = admitted();
    meanwhile = () -> admission.releaseAndAdmit(List.of(run));
    CommandRun drained = type("drain", "--stack", "ci");
    assertThat(drained.exitCode()).isZero();
    assertThat(drained.err()).isEqualTo("2 vCPU still in use\nci is paused, and nothing runs\n");
    assertThat(admission.state().mode()).isEqualTo(Mode.DRAINING);
  }

  @Test
  void drainEndsWhenSomebodyResumes() {
    admitted();
    meanwhile = () -> admission.switchTo(Mode.OPEN);
    assertThat(type("drain", "--stack", "ci").exitCode()).isEqualTo(ExitCode.ERROR);
  }

  private RunId admitted() {
    RunId run = new RunId("a");
    admission.enqueue(new Claim(run, "shop", CapacityPool.ON_DEMAND, 2048, clock.instant()));
    assertThat(admission.admit()).containsExactly(run);
    return run;
  }

  @Test
  void withoutARegionOrAStackItSaysWhatIsMissing() {
    CommandRun run = type(Map.of(), "pause", "--stack", "ci");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--region");
    assertThat(type("pause").err()).contains("--stack");
  }

  @Test
  void whatAwsAnswersIsNoBugOfOurs() {
    CommandRun run = type("drain", "--stack", "unknown");
    assertThat(run.exitCode()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).isEqualTo("audition: Could not read the outputs: no such stack\n");
  }
}
