package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionState.Mode;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.admission.Claim;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackDoctorTest {
  @TempDir Path folder;
  private final DeploymentStandIn ci = new DeploymentStandIn();

  @BeforeEach
  void logsAreTheStandIns() {
    ci.logs = ci.account::access;
  }

  @AfterEach
  void leave() {
    ci.close();
  }

  private CommandRun doctor() {
    return ci.type(Place.in(folder), "doctor", "--stack", "ci");
  }

  private static String row(CommandRun run, String subject) {
    return run.out()
        .lines()
        .filter(line -> line.contains("  " + subject + ": "))
        .findFirst()
        .orElseThrow(() -> new AssertionError(subject + " is no row of\n" + run.out()));
  }

  @Test
  void aDeploymentInOrderIsAllOkay() {
    CommandRun run = doctor();
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out().lines()).allMatch(line -> line.startsWith("ok       "));
    assertThat(row(run, "credentials")).contains("account 111122223333", "user/ann");
    assertThat(row(run, "quota")).contains("0 vCPU of 6 vCPU in use");
    assertThat(row(run, "requests")).contains("0 waiting");
    assertThat(row(run, "dead hooks")).endsWith("none");
    assertThat(row(run, "cluster")).contains("ci is active, 2 tasks running, 1 on their way");
    assertThat(row(run, "sweep")).contains("the last one ");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void deadLettersAreCountedAndThePausedStackIsNamed() {
    Deployment deployment = ci.open("ci", DeploymentStandIn.REGION);
    deployment.queue("HooksDeadLettersUrl").send("lost");
    deployment.requests().send("waiting");
    deployment.admission(Backoff.NONE).switchTo(Mode.PAUSED);
    CommandRun run = doctor();
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(row(run, "dead hooks")).startsWith("warning  ").contains("1 in HooksDeadLettersUrl");
    assertThat(row(run, "requests")).contains("1 waiting");
    assertThat(row(run, "table")).startsWith("warning  ").contains("paused");
    assertThat(run.out()).contains("docs/operate.md", "audition resume --stack ci");
  }

  @Test
  void aQuotaThatAwsDoesNotGiveIsNamed() {
    var admission = ci.open("ci", DeploymentStandIn.REGION).admission(Backoff.NONE);
    RunId run = new RunId("r-1");
    admission.enqueue(new Claim(run, "shop", CapacityPool.ON_DEMAND, 2048, Instant.now()));
    assertThat(admission.admit()).containsExactly(run);
    admission.refused(run);
    CommandRun doctor = doctor();
    assertThat(doctor.exitCode()).isZero();
    assertThat(row(doctor, "quota")).startsWith("warning  ").contains("lately AWS gave no more");
    assertThat(doctor.out()).contains("--quota-code L-3032A538");
  }

  @ParameterizedTest
  @CsvSource({"5, warning, 0", "60, problem, 2"})
  void aSweepThatDoesNotComeIsSeen(int minutesAgo, String level, int exitCode) {
    ci.account.lastSweep.set(Instant.now().minus(Duration.ofMinutes(minutesAgo)).toEpochMilli());
    CommandRun run = doctor();
    assertThat(run.exitCode()).as(run.out()).isEqualTo(exitCode);
    assertThat(row(run, "sweep")).startsWith(level);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GetCallerIdentity | ExpiredToken  | credentials | problem | 2 | 1",
        "DescribeStacks    | AccessDenied  | stack       | problem | 2 | 2",
        "DescribeClusters  | AccessDeniedException | cluster | warning | 0 | 14",
        "DescribeClusters  | ServerException       | cluster | problem | 2 | 14",
      })
  void whatIsRefusedIsARowAndTheRestIsLookedAt(
      String action, String code, String subject, String level, int exitCode, int rows) {
    ci.account.refuse(action, 400, code, "no");
    CommandRun run = doctor();
    assertThat(row(run, subject)).startsWith(level);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(exitCode);
    assertThat(run.out().lines()).hasSize(rows);
  }

  @Test
  void anOutputThatIsMissingIsNamedOnceAndWhereItIsNeeded() {
    ci.account.outputs.remove("SweepLogGroup");
    CommandRun run = doctor();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(row(run, "stack")).startsWith("problem").contains("no output SweepLogGroup");
    assertThat(row(run, "sweep")).startsWith("problem");
    assertThat(List.of(run.err())).containsExactly("");
  }
}
