package dev.audition.cli;

import dev.audition.aws.CloudException;
import dev.audition.aws.ecs.ClusterState;
import dev.audition.aws.logs.LogActivity;
import dev.audition.aws.sqs.QueueDepth;
import dev.audition.aws.sts.CallerIdentity;
import dev.audition.cli.render.Seconds;
import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.Ticket;
import dev.audition.core.run.admission.AdmissionState;
import dev.audition.core.run.admission.AdmissionState.Mode;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.admission.LearnedLimit;
import dev.audition.core.run.admission.PoolState;
import dev.audition.local.docker.EngineCheck.Finding;
import dev.audition.local.docker.EngineCheck.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Looks at a deployment as {@code doctor --stack} does; changes nothing and starts nothing. */
final class StackDoctor {
  /** The outputs that commands ask for. */
  private static final List<String> OUTPUTS =
      List.of(
          "RunRequestsUrl",
          "RunRequestsDeadLettersUrl",
          "TaskEventsDeadLettersUrl",
          "HooksUrl",
          "HooksDeadLettersUrl",
          "RuleDeadLettersUrl",
          "TableName",
          "BucketName",
          "ClusterArn",
          "TaskLogGroup",
          "SweepLogGroup",
          "VcpuQuotaInUse");

  private static final Duration SWEEP_LATE = Duration.ofMinutes(3);
  private static final Duration SWEEP_GONE = Duration.ofMinutes(15);

  /** What a refusal taught has grown back by then. */
  private static final Duration LEARNED_FOR = Duration.ofMinutes(11);

  private final StackOptions meant;
  private final String region;
  private final Deployments deployments;
  private final InstantSource clock;
  private final List<Finding> findings = new ArrayList<>();

  StackDoctor(StackOptions meant, String region, Deployments deployments, InstantSource clock) {
    this.meant = meant;
    this.region = region;
    this.deployments = deployments;
    this.clock = clock;
  }

  /** Look; without credentials or a stack the rest is not looked at. */
  List<Finding> look() {
    CloudServices services = deployments.services(region);
    boolean known =
        foundFirst(
            "credentials",
            () -> {
              CallerIdentity caller = CallerIdentity.of(services.of("STS"));
              good("credentials", "account %s, %s".formatted(caller.account(), caller.arn()));
            });
    Optional<Deployment> deployment = known ? deployment() : Optional.empty();
    deployment.ifPresent(this::look);
    return List.copyOf(findings);
  }

  private Optional<Deployment> deployment() {
    List<Deployment> opened = new ArrayList<>();
    foundFirst("stack", () -> opened.add(deployments.open(meant.stack, region)));
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Deployment deployment = opened.getFirst();
    List<String> missing =
        OUTPUTS.stream().filter(name -> !deployment.outputs().values().containsKey(name)).toList();
    if (missing.isEmpty()) {
      good("stack", "%s in %s, with all its outputs".formatted(meant.stack, region));
    } else {
      problem(
          "stack",
          "%s in %s has no output %s".formatted(meant.stack, region, String.join(", ", missing)),
          "Is it a deployment of Audition? One of an earlier release: deploy this one over it.");
    }
    return opened.stream().findFirst();
  }

  private void look(Deployment deployment) {
    found("table", () -> table(deployment));
    found("quota", () -> quota(deployment));
    found("requests", () -> queue("requests", deployment.queue("RunRequestsUrl").depth()));
    found("hooks", () -> queue("hooks", deployment.queue("HooksUrl").depth()));
    deadLetters()
        .forEach(
            (what, output) ->
                found(what, () -> dead(what, output, deployment.queue(output).depth())));
    found(
        "bucket",
        () -> {
          deployment.files().check();
          good("bucket", deployment.outputs().value("BucketName"));
        });
    found("cluster", () -> cluster(deployment));
    found("sweep", () -> sweep(deployment));
  }

  private static SequencedMap<String, String> deadLetters() {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    all.put("dead requests", "RunRequestsDeadLettersUrl");
    all.put("dead task events", "TaskEventsDeadLettersUrl");
    all.put("dead hooks", "HooksDeadLettersUrl");
    all.put("dead events of the rule", "RuleDeadLettersUrl");
    return all;
  }

  private AdmissionState state(Deployment deployment) {
    return deployment.admission(Backoff.NONE).state();
  }

  private void table(Deployment deployment) {
    Mode mode = state(deployment).mode();
    String name = deployment.outputs().value("TableName");
    int newest = deployment.runs().newest(1).size();
    if (mode == Mode.OPEN) {
      good("table", name + (newest == 0 ? ", no run yet" : "") + ", runs are let in");
    } else {
      warning(
          "table",
          name + ", and the deployment is paused: no run begins",
          "`audition resume %s` lets runs in again.".formatted(meant.words()));
    }
  }

  private void quota(Deployment deployment) {
    int quota = deployment.quotas().of(CapacityPool.ON_DEMAND);
    for (Map.Entry<CapacityPool, PoolState> entry : state(deployment).pools().entrySet()) {
      CapacityPool pool = entry.getKey();
      LearnedLimit learned = entry.getValue().learned();
      String use =
          "%s: %s of %s in use"
              .formatted(pool.label(), Ticket.vcpus(entry.getValue().inUse()), Ticket.vcpus(quota));
      if (learned != null && learned.since().plus(LEARNED_FOR).isAfter(clock.instant())) {
        warning(
            "quota",
            "%s; lately AWS gave no more than %s".formatted(use, Ticket.vcpus(learned.cpuUnits())),
            "VcpuQuota of the stack may be more than the account has: `aws service-quotas"
                + " get-service-quota --service-code fargate --quota-code "
                + pool.quotaCode()
                + "` says.");
      } else {
        good("quota", use + ", as VcpuQuota of the stack says");
      }
    }
  }

  private void queue(String what, QueueDepth depth) {
    good(what, "%d waiting, %d being taken".formatted(depth.waiting(), depth.inFlight()));
  }

  private void dead(String what, String output, QueueDepth depth) {
    if (depth.all() == 0) {
      good(what, "none");
    } else {
      warning(
          what,
          depth.all() + " in " + output,
          "docs/operate.md says what each means, how to read it and how to put it back.");
    }
  }

  private void cluster(Deployment deployment) {
    String arn = deployment.outputs().value("ClusterArn");
    Optional<ClusterState> cluster = ClusterState.of(deployment.services().of("ECS"), arn);
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    if (cluster.isEmpty() || !cluster.get().status().equals("ACTIVE")) {
      problem(
          "cluster",
          "%s is %s".formatted(name, cluster.map(ClusterState::status).orElse("not there")),
          "Deploy the stack again; in a fresh account ECS's service-linked role comes first:"
              + " `aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com`.");
      return;
    }
    List<String> providers = cluster.get().capacityProviders();
    if (!providers.containsAll(List.of("FARGATE", "FARGATE_SPOT"))) {
      problem(
          "cluster",
          "%s has the capacity providers %s, and not FARGATE and FARGATE_SPOT"
              .formatted(name, providers),
          "Deploy the stack again.");
      return;
    }
    good(
        "cluster",
        "%s is active, %d tasks running, %d on their way"
            .formatted(name, cluster.get().runningTasks(), cluster.get().pendingTasks()));
  }

  private void sweep(Deployment deployment) {
    String group = deployment.outputs().value("SweepLogGroup");
    Instant now = clock.instant();
    Optional<Instant> last =
        LogActivity.last(deployment.services().of("CLOUDWATCH_LOGS"), group, now.minus(SWEEP_GONE));
    if (last.isEmpty()) {
      problem(
          "sweep",
          "not one in the last %d minutes".formatted(SWEEP_GONE.toMinutes()),
          "It runs every minute: look at the schedule of SweepFunction and at %s."
              .formatted(group));
      return;
    }
    Duration ago = Duration.between(last.get(), now);
    String text = "the last one %s ago".formatted(Seconds.text(ago));
    if (ago.compareTo(SWEEP_LATE) > 0) {
      warning("sweep", text, "It runs every minute: look at %s.".formatted(group));
    } else {
      good("sweep", text);
    }
  }

  /** Look at what all others need. */
  private boolean foundFirst(String subject, Runnable look) {
    try {
      look.run();
      return true;
    } catch (CloudException e) {
      problem(subject, CloudWords.line(e), "");
      return false;
    }
  }

  /** Look at one thing; what may not be looked at says nothing of what is there. */
  private void found(String subject, Runnable look) {
    try {
      look.run();
    } catch (CloudException e) {
      Level level = CloudWords.denied(e) ? Level.WARNING : Level.PROBLEM;
      findings.add(new Finding(level, subject, CloudWords.line(e), ""));
    }
  }

  private void good(String subject, String text) {
    findings.add(new Finding(Level.GOOD, subject, text, ""));
  }

  private void warning(String subject, String text, String remedy) {
    findings.add(new Finding(Level.WARNING, subject, text, remedy));
  }

  private void problem(String subject, String text, String remedy) {
    findings.add(new Finding(Level.PROBLEM, subject, text, remedy));
  }
}
