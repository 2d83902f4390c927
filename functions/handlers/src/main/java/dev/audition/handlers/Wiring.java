package dev.audition.handlers;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.Lazy;
import dev.audition.aws.dynamo.DynamoAdmissionStore;
import dev.audition.aws.dynamo.DynamoProjects;
import dev.audition.aws.dynamo.DynamoRunStore;
import dev.audition.aws.ecs.FargateSettings;
import dev.audition.aws.ecs.FargateTaskRuntime;
import dev.audition.aws.ecs.TableDefinitions;
import dev.audition.aws.hooks.GuardedPost;
import dev.audition.aws.hooks.HookLetters;
import dev.audition.aws.registry.EcrCredentials;
import dev.audition.aws.registry.RegistryAddresses;
import dev.audition.aws.registry.RegistryCredentials;
import dev.audition.aws.registry.RegistryImageConfigs;
import dev.audition.aws.registry.SecretCredentials;
import dev.audition.aws.s3.S3BlobStore;
import dev.audition.aws.secrets.SecretValues;
import dev.audition.aws.sqs.Queue;
import dev.audition.aws.sqs.ReceivedMessage;
import dev.audition.core.run.HookService;
import dev.audition.core.run.RunService;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.admission.CapacityAwareRuntime;
import dev.audition.core.run.admission.Quotas;
import dev.audition.core.run.admission.RunQueue;
import dev.audition.core.run.port.ProjectGrants;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.handlers.SqsBatch.Message;
import dev.audition.handlers.log.Log;
import dev.audition.handlers.log.Metrics;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes everything a function needs, once, and nothing that it does not. Where services are and who
 * asks is read from the environment here and nowhere else; {@code AWS_ENDPOINT_URL_SQS} and the
 * like, as the SDK names them, put a service elsewhere.
 */
final class Wiring {
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

  private static final Lazy<Wiring> FUNCTION =
      new Lazy<>(
          () -> new Wiring(System.getenv(), System.out, InstantSource.system(), Outside.INTERNET));

  /**
   * What lies outside of the functions and is not told by their environment.
   *
   * @param access for whoever asks, in a region
   * @param post to the targets of hooks
   * @param registries that images come from
   */
  record Outside(
      Function<String, AwsAccess> access,
      Supplier<GuardedPost> post,
      RegistryAddresses registries) {
    /** As a function in an account meets it: nothing is posted to what is not public. */
    static final Outside INTERNET =
        new Outside(
            AwsAccess::fromEnvironment, () -> GuardedPost.system(false), RegistryAddresses.PUBLIC);
  }

  private final Map<String, String> environment;
  private final FunctionSettings settings;
  private final InstantSource clock;
  private final Outside outside;
  private final Log log;
  private final Metrics metrics;
  private final Invocation invocation;
  private final ObservedRunStore store;
  private final Lazy<S3BlobStore> blobs;
  private final Lazy<FargateTaskRuntime> fargate;
  private final Lazy<AdmissionService> admission;
  private final Lazy<ProjectGrants> grants;
  private final Lazy<RequestedProjects> projects;
  private final Lazy<FargatePlans> plans;
  private final Lazy<RunService> runs;
  private final Lazy<RunQueue> queue;
  private final Lazy<RunRequests> runRequests;
  private final Lazy<Sweep> sweep;
  private final Lazy<HookLetters> letters;
  private final Lazy<HookService> hooks;

  Wiring(Map<String, String> environment, PrintStream out, InstantSource clock, Outside outside) {
    this.outside = outside;
    this.environment = Map.copyOf(environment);
    this.settings = FunctionSettings.of(environment);
    this.clock = clock;
    this.invocation = new Invocation(clock);
    this.log = Log.to(out, clock);
    this.metrics = new Metrics(out, clock, settings.table());
    this.store =
        new ObservedRunStore(
            new DynamoRunStore(access("DYNAMODB"), settings.table(), settings.retention(), clock),
            clock,
            log,
            metrics,
            Wiring::pause);
    this.blobs = new Lazy<>(() -> new S3BlobStore(access("S3"), settings.bucket()));
    this.fargate = new Lazy<>(this::makeFargate);
    this.admission = new Lazy<>(this::makeAdmission);
    this.grants = new Lazy<>(this::makeGrants);
    this.projects = new Lazy<>(() -> new RequestedProjects(blobs.get(), grants.get()));
    this.plans = new Lazy<>(this::makePlans);
    this.runs = new Lazy<>(this::makeRuns);
    this.queue =
        new Lazy<>(
            () ->
                new RunQueue(
                    admission.get(), store, runs(), clock, Runnable::run, invocation::hasTime));
    this.runRequests = new Lazy<>(this::makeRunRequests);
    this.sweep = new Lazy<>(this::makeSweep);
    this.letters = new Lazy<>(this::makeLetters);
    this.hooks = new Lazy<>(this::makeHooks);
  }

  /** Return the one of this function's process. */
  static Wiring ofFunction() {
    return FUNCTION.get();
  }

  private AwsAccess access(String service) {
    AwsAccess access = outside.access().apply(settings.region());
    String address =
        environment.getOrDefault(
            "AWS_ENDPOINT_URL_" + service, environment.getOrDefault("AWS_ENDPOINT_URL", ""));
    return address.isEmpty() ? access : access.at(URI.create(address));
  }

  /** Whoever lost a race waits a little, and each for another time. */
  private static void pause(int lost) {
    long most =
        Math.min(LONGEST_PAUSE.toNanos(), Duration.ofMillis(10).toNanos() << Math.min(lost, 10));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
  }

  private FargateTaskRuntime makeFargate() {
    return new FargateTaskRuntime(
        access("ECS"),
        new FargateSettings(
            settings.cluster(),
            settings.bucket(),
            settings.subnets(),
            settings.securityGroups(),
            settings.assignPublicIp(),
            settings.executionRole(),
            settings.taskRole(),
            settings.logGroup(),
            FargateSettings.LOG_STREAM_PREFIX,
            settings.spotPercent()),
        blobs.get(),
        new TableDefinitions(access("DYNAMODB"), settings.table(), settings.retention(), clock),
        clock);
  }

  private AdmissionService makeAdmission() {
    Backoff backoff = Wiring::pause;
    return new AdmissionService(
        new DynamoAdmissionStore(access("DYNAMODB"), settings.table(), backoff),
        quotas(),
        clock,
        backoff);
  }

  private Quotas quotas() {
    return Quotas.ofVcpus(settings.vcpuQuota());
  }

  private ProjectGrants makeGrants() {
    return new KnownGrants(new DynamoProjects(access("DYNAMODB"), settings.table()), clock);
  }

  private FargatePlans makePlans() {
    RegistryCredentials ecr = new EcrCredentials(access("ECR"), clock);
    Lazy<SecretValues> secrets = new Lazy<>(() -> new SecretValues(access("SECRETS_MANAGER")));
    return new FargatePlans(
        new ProjectImages(
            registries ->
                new RegistryImageConfigs(
                    outside.registries(),
                    new SecretCredentials(arn -> secrets.get().read(arn), registries, clock)
                        .or(ecr),
                    clock)),
        settings.ownImage());
  }

  private HookService makeHooks() {
    CloudHooks cloud = new CloudHooks(this::access, outside.post(), clock);
    return new HookService(
        store, new GrantedHooks(store, grants.get(), cloud::sender), clock, _ -> {});
  }

  private RunService makeRuns() {
    return new RunService(
        new RunPorts(
            store,
            new CapacityAwareRuntime(new LazyTaskRuntime(fargate), admission.get()),
            new LazyPreparation(
                new Lazy<>(
                    () ->
                        new CloudPreparation(
                            store, projects.get(), plans.get(), new StepValues(blobs.get())))),
            key -> letters.get().enqueue(key)),
        clock,
        Runnable::run,
        _ -> {});
  }

  private HookLetters makeLetters() {
    Lazy<Queue> letterQueue = new Lazy<>(() -> new Queue(access("SQS"), settings.hooksUrl()));
    return new HookLetters((body, delay) -> letterQueue.get().send(body, "", delay));
  }

  private RunRequests makeRunRequests() {
    return new RunRequests(
        store,
        runs(),
        queue(),
        projects.get(),
        plans.get(),
        quotas(),
        settings.spotPercent(),
        settings.retention(),
        clock);
  }

  private Sweep makeSweep() {
    return new Sweep(
        store,
        runs(),
        queue(),
        new StrayTasks(() -> fargate.get().running(), store, new LazyTaskRuntime(fargate), log),
        most -> fargate.get().removeUnusedDefinitions(most),
        clock,
        log,
        metrics);
  }

  /** Begin a call of the function: its time runs, and what the one before has seen is forgotten. */
  void begins() {
    invocation.begins();
    store.forget();
  }

  FunctionSettings settings() {
    return settings;
  }

  InstantSource clock() {
    return clock;
  }

  Log log() {
    return log;
  }

  Metrics metrics() {
    return metrics;
  }

  Batches batches() {
    return new Batches(log, invocation);
  }

  RunService runs() {
    return runs.get();
  }

  RunQueue queue() {
    return queue.get();
  }

  RunRequests runRequests() {
    return runRequests.get();
  }

  /** Let a run request that was not handled be received again after a time from now. */
  void bringBack(Message request, Duration after) {
    new Queue(access("SQS"), settings.runRequestsUrl()).changeVisibility(request.receipt(), after);
  }

  DeadLetters deadRunRequests() {
    return deadLetters(settings.runRequestsUrl(), settings.runRequestsDeadUrl());
  }

  DeadLetters deadTaskEvents() {
    return deadLetters(settings.taskEventsUrl(), settings.taskEventsDeadUrl());
  }

  /** Nothing is unreadable as a rule, so that nothing is made before something is. */
  private DeadLetters deadLetters(String url, String deadUrl) {
    return (message, reason) ->
        new Queue(access("SQS"), url)
            .park(
                new ReceivedMessage(
                    message.id(),
                    message.receipt(),
                    message.body(),
                    message.groupId(),
                    message.received(),
                    Map.of()),
                new Queue(access("SQS"), deadUrl),
                reason);
  }

  /** What is not done with comes back, and ends with the dead letters. */
  HookDeliveries hookDeliveries() {
    return message -> {
      if (!letters.get().handle(message.body(), message.received(), hooks.get())) {
        throw new RuntimeUnavailableException("a notification is given up, or is none of ours");
      }
    };
  }

  Sweep sweep() {
    return sweep.get();
  }
}
