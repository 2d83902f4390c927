package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.CloudException;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.run.port.ForwardingRunStore;
import dev.audition.core.run.port.ProjectGrants;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.StepPreparation.Prepared;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.verdict.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CloudPreparationTest {
  private static final RunId RUN = new RunId("r-1");
  private static final String COMPOSE =
      """
      services:
        db:
          image: acme/db:1
          healthcheck: {test: [CMD, check], interval: 5s}
          tmpfs: [/cache]
          ulimits: {nofile: 1024}
          environment: {EMPTY: '', MODE: fast}
        tests:
          image: acme/tests:1
          depends_on: [db]
          command: [run, --all]
          mem_limit: 256m
      """;

  private final Deployment deployment = new Deployment().knows("acme/db:1").knows("acme/tests:1");

  private void ask() {
    deployment.requests.take(
        deployment.source("r-1", ", \"candidates\": [\"tests\"]", "compose.yml", COMPOSE));
  }

  @Test
  void whatIsReadAgainIsWhatWasPrepared() {
    ask();
    List<TaskDefinition> first = deployment.preparation.definitions(RUN, 1);
    assertThat(first.getFirst().containers())
        .extracting(container -> container.name())
        .contains("audition-stage", "audition-keeper", "db", "tests");
    deployment.images.clear(); // the registry has gone, and the tag has moved
    assertThat(deployment.preparation.prepare(RUN, 1))
        .isInstanceOfSatisfying(
            Prepared.Ready.class, ready -> assertThat(ready.definitions()).isEqualTo(first));
    assertThat(deployment.preparation.definitions(RUN, 1)).isEqualTo(first);
  }

  @Test
  void ofTwoFunctionsThatPrepareAStepAtOnceTheFirstHasDecided() {
    ask();
    List<TaskDefinition> first = deployment.preparation.definitions(RUN, 1);
    RunStore late =
        new ForwardingRunStore(deployment.store) {
          private boolean looked;

          @Override
          public Optional<String> text(RunId id, String name) {
            boolean tooEarly = name.startsWith("definitions") && !looked;
            looked |= tooEarly;
            return tooEarly ? Optional.empty() : super.text(id, name);
          }
        };
    FargatePlans upgraded =
        new FargatePlans(new ProjectImages(_ -> deployment.configs), "python:upgraded");
    CloudPreparation second =
        new CloudPreparation(late, deployment.projects, upgraded, new StepValues(deployment.blobs));
    assertThat(second.prepare(RUN, 1))
        .isInstanceOfSatisfying(
            Prepared.Ready.class, ready -> assertThat(ready.definitions()).isEqualTo(first));
    assertThat(deployment.preparation.definitions(RUN, 1)).isEqualTo(first);
  }

  @Test
  void valuesAreTheSameAtEveryCall() {
    ask();
    LaunchValues values = deployment.preparation.values(RUN, 1, 1);
    assertThat(values.file("db")).containsEntry("MODE", "fast");
    assertThat(deployment.preparation.values(RUN, 1, 1)).isEqualTo(values);
  }

  @Test
  void aStepThatWasNeverPreparedIsAFault() {
    assertThatThrownBy(() -> deployment.preparation.definitions(RUN, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("step: 1 of r-1");
  }

  @Test
  void aStoreThatDoesNotAnswerIsNoFaultOfTheRun() {
    ask();
    CloudPreparation cut =
        new CloudPreparation(
            deployment.store,
            new RequestedProjects(new Unreachable(), ProjectGrants.NONE),
            deployment.plans,
            new StepValues(new Unreachable()));
    assertThatThrownBy(() -> cut.values(RUN, 1, 1)).isInstanceOf(RuntimeUnavailableException.class);
    RunId other = new RunId("r-2");
    deployment.stored.putText(other, "request", Deployment.request("r-2", ""));
    assertThat(cut.prepare(other, 1))
        .isEqualTo(new Prepared.Unavailable("Could not read it: away"));
  }

  private static final String FILE =
      "services: {tests: {image: 'acme/tests:1', volumes: ['./a.conf:/etc/a.conf']}}";
  private static final String TEXT =
      "{services: {tests: {image: 'acme/tests:1', configs: [{source: a, target: /etc/a.conf}]}},"
          + " configs: {a: {content: x}}}";

  /** Only the image says whether what it asks for can be put in place. */
  private Run askWithAFile(String compose) {
    String request =
        deployment.source(
            "r-1", ", \"candidates\": [\"tests\"]", "compose.yml", compose, "a.conf", "x");
    String name = "\"name\": \"shop\"";
    deployment.requests.take(
        request.replace(name, name + ", \"workspace\": \"runs/r-1/workspace.tar.gz\""));
    return deployment.run("r-1");
  }

  private Run checkedAfter(int seconds) {
    deployment.clock.advance(Duration.ofSeconds(seconds));
    deployment.runs.check(RUN);
    return deployment.run("r-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {FILE, TEXT})
  void aRegistryThatFailsInPassingIsAskedAgain(String compose) {
    deployment.outOfReach.put("acme/tests:1", "docker.io says: too many requests");
    assertThat(askWithAFile(compose).over()).isFalse();
    assertThat(deployment.preparation.prepare(RUN, 1))
        .isEqualTo(
            new Prepared.Unavailable(
                "Could not look up acme/tests:1 (docker.io says: too many requests)"));
    deployment.outOfReach.clear();
    assertThat(checkedAfter(3).over()).isFalse();
    assertThat(deployment.preparation.definitions(RUN, 1)).hasSize(1);
    assertThat(deployment.tasks.alive()).hasSize(1);
  }

  @Test
  void aRegistryThatKeepsFailingIsNoFaultOfTheComposition() {
    deployment.outOfReach.put("acme/tests:1", "docker.io says: too many requests");
    assertThat(askWithAFile(FILE).over()).isFalse();
    assertThat(checkedAfter(3).over()).isFalse();
    Run run = checkedAfter(15);
    assertThat(run.verdict()).isEqualTo(Verdict.ERRORED);
    assertThat(run.steps().toString()).contains("acme/tests:1 (docker.io says: too many requests)");
  }

  @Test
  void whatIsNotKnownAtAllIsRefused() {
    deployment.images.clear();
    assertThat(askWithAFile(FILE).verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void whatNoRegistryCouldMendIsRefusedAtOnce() {
    deployment.outOfReach.put("acme/tests:1", "docker.io says: too many requests");
    assertThat(
            askWithAFile(FILE.replace("'acme/tests:1'", "'acme/tests:1', privileged: true"))
                .verdict())
        .isEqualTo(Verdict.REFUSED);
  }

  @Test
  void anImageThatNothingHangsOnNeedsNoRegistry() {
    deployment.outOfReach.put("acme/db:1", "docker.io says: too many requests");
    deployment.outOfReach.put("acme/tests:1", "docker.io says: too many requests");
    ask();
    assertThat(deployment.preparation.prepare(RUN, 1)).isInstanceOf(Prepared.Ready.class);
  }

  /** S3, when it is away. */
  private static final class Unreachable implements BlobStore {
    private static CloudException away() {
      return new CloudException("Could not read it: away", true, "SlowDown", null);
    }

    @Override
    public void put(String key, byte[] content) {
      throw away();
    }

    @Override
    public Optional<byte[]> get(String key, long mostBytes) {
      throw away();
    }

    @Override
    public URI presignedGet(String key, Duration validity) {
      throw away();
    }

    @Override
    public URI presignedPut(String key, Duration validity) {
      throw away();
    }
  }
}
