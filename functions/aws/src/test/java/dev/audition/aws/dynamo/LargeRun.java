package dev.audition.aws.dynamo;

import dev.audition.core.plan.Listening;
import dev.audition.core.run.ContainerShape;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunEvent;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunMachine;
import dev.audition.core.run.StepSettings;
import dev.audition.core.run.TaskKey;
import dev.audition.core.run.TaskShape;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.StopCode;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as large as a task may be, going as badly as one may: ten containers with long names, every
 * one with a check, a reason and all its times to the microsecond, killed when the task had long
 * run.
 */
final class LargeRun {
  static final RunId ID = new RunId("01981f0c-5b7e-7aaa-bbbb-0123456789ab");

  private static final Instant START = Instant.parse("2026-11-29T20:21:54.123456Z");
  private static final TaskKey TASK = new TaskKey(ID, 1, 1, 1);
  private static final TaskArn ARN =
      new TaskArn(
          "arn:aws:ecs:ap-southeast-2:123456789012:task/audition-integration-tests-cluster/"
              + "0123456789abcdef0123456789abcdef");
  private static final List<String> SERVICES =
      List.of(
          "postgres-primary",
          "postgres-replica",
          "rabbitmq-management",
          "elasticsearch-node-1",
          "payment-gateway-stub",
          "order-service",
          "customer-service-integration-tests",
          "audition-wait-1",
          "audition-stage",
          "audition-keeper");

  private static String reason(int number) {
    return "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to"
        + " resolve ref 123456789012.dkr.ecr.ap-southeast-2.amazonaws.com/team/project/service-"
        + number
        + ":feature-branch-1234: unexpected status from HEAD request: 403 Forbidden";
  }

  private Run run =
      Run.of(
          ID,
          "services/payments/integration/codefresh-integration.yml",
          Duration.ofHours(2),
          List.of(
              new StepSettings(
                  1,
                  "integration_tests_with_all_dependencies",
                  StepSettings.Kind.COMPOSITION,
                  Duration.ofMinutes(60),
                  true,
                  false,
                  List.of("customer-service-integration-tests"),
                  "")),
          START);

  private int seconds;
  private long version;

  /** Return the run before anything happened. */
  Run queued() {
    return run;
  }

  /** Return every state of it, each at the version after the one before, but for the first. */
  List<Run> states() {
    List<Run> states = new ArrayList<>();
    for (RunEvent event : events()) {
      seconds += 7;
      Run next = RunMachine.apply(run, event, now()).next();
      if (!next.equals(run)) {
        run = next.withVersion(run.version() + 1);
        states.add(run);
      }
    }
    return states;
  }

  private Instant now() {
    return START.plusSeconds(seconds).plusNanos(123_457_000L + seconds * 1_001_000L);
  }

  private List<RunEvent> events() {
    List<RunEvent> events = new ArrayList<>();
    events.add(new RunEvent.Started());
    events.add(
        new RunEvent.StepPrepared(
            1,
            1,
            List.of(new TaskShape(1, SERVICES.stream().map(LargeRun::shape).toList())),
            List.of(
                "services.postgres-primary.ports: Fargate maps no host ports, so 5432:5432 is not"
                    + " used; other containers reach it as postgres-primary:5432",
                "services.order-service.mem_limit: larger than what the task has left")));
    events.add(new RunEvent.Launched(TASK, ARN));
    for (int alive = 0; alive < SERVICES.size(); alive++) {
      events.add(seen(alive, LastStatus.PENDING));
    }
    for (int i = 0; i < 6; i++) {
      events.add(seen(SERVICES.size(), LastStatus.RUNNING));
    }
    events.add(new RunEvent.CancelRequested("GitHub", "superseded by a later push to the branch"));
    events.add(seen(SERVICES.size(), LastStatus.DEPROVISIONING));
    events.add(seen(SERVICES.size(), LastStatus.STOPPED));
    return events;
  }

  private static ContainerShape shape(String service) {
    return new ContainerShape(
        service,
        service,
        service.endsWith("tests"),
        service.equals(ContainerShape.KEEPER),
        SERVICES.stream()
            .limit(6)
            .filter(other -> service.endsWith("tests"))
            .map(other -> new ContainerDependency(other, ContainerCondition.HEALTHY))
            .toList(),
        service.startsWith("audition-")
            ? null
            : new Listening(List.of(8080, 8443), Duration.ofSeconds(60)),
        512);
  }

  private RunEvent seen(int alive, LastStatus status) {
    version += 1;
    boolean stopped = status == LastStatus.STOPPED;
    boolean ending = stopped || status == LastStatus.DEPROVISIONING;
    List<ContainerDescription> containers = new ArrayList<>();
    for (int i = 0; i < SERVICES.size(); i++) {
      containers.add(container(i, i < alive, ending));
    }
    return new RunEvent.TaskStateChanged(
        new TaskDescription(
            ARN,
            TASK.startedBy(),
            version,
            status,
            ending ? DesiredStatus.STOPPED : DesiredStatus.RUNNING,
            containers,
            ending ? StopCode.ESSENTIAL_CONTAINER_EXITED : null,
            ending ? "Essential container in task exited: audition-keeper" : "",
            START,
            START.plusSeconds(30),
            stopped ? now() : null));
  }

  private ContainerDescription container(int number, boolean alive, boolean ending) {
    return new ContainerDescription(
        SERVICES.get(number),
        ending ? LastStatus.STOPPED : alive ? LastStatus.RUNNING : LastStatus.PENDING,
        ending ? Integer.valueOf(137) : null,
        ending ? reason(number) : "",
        alive ? HealthStatus.UNHEALTHY : HealthStatus.UNKNOWN,
        alive,
        alive ? time(number) : null,
        ending ? time(1000 + number) : null,
        alive ? 2 : 0,
        alive ? 1024 + number : null);
  }

  private static Instant time(int number) {
    return START.plusSeconds(60L + number).plusNanos(17_001_000L * (number + 1));
  }
}
