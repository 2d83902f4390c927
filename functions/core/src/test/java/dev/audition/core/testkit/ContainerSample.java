package dev.audition.core.testkit;

import dev.audition.core.compose.TmpfsMount;
import dev.audition.core.compose.Ulimit;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.pipeline.StepOptions;
import dev.audition.core.plan.Gate;
import dev.audition.core.plan.GateCondition;
import dev.audition.core.plan.HealthProbe;
import dev.audition.core.plan.Listening;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlannedArtifact;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.plan.PlannedMount;
import dev.audition.core.plan.PlannedVolume;
import dev.audition.core.plan.TaskPlan;
import dev.audition.core.size.TaskSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A planned container with ordinary values, of which a test changes those it is about. */
public final class ContainerSample {
  public static final SourceLocation PLACE = new SourceLocation("compose.yml", 3, 5);

  private final String name;
  private boolean candidate;
  private @Nullable String buildName;
  private @Nullable List<String> entrypoint;
  private @Nullable List<String> command;
  private String user = "";
  private final List<Gate> gates = new ArrayList<>();
  private @Nullable HealthProbe health;
  private @Nullable Listening listening;
  private final List<PlannedMount> mounts = new ArrayList<>();
  private final List<TmpfsMount> tmpfs = new ArrayList<>();
  private @Nullable Integer memoryLimitMiB;
  private @Nullable Double cpus;
  private Duration stopGracePeriod = Duration.ofSeconds(10);
  private String stopSignal = "";
  private @Nullable Integer maximumRestarts;
  private boolean readOnly;
  private List<String> capabilitiesAdded = List.of();
  private List<String> groups = List.of();
  private final SequencedMap<String, String> environment = new LinkedHashMap<>();
  private final SequencedMap<String, Ulimit> ulimits = new LinkedHashMap<>();
  private final SequencedMap<String, String> sysctls = new LinkedHashMap<>();
  private @Nullable Long shmSizeBytes;

  private ContainerSample(String name) {
    this.name = name;
  }

  /** Begin with a service of a name, with the image {@code <name>:1}. */
  public static ContainerSample service(String name) {
    return new ContainerSample(name);
  }

  /** Begin with a candidate of a name. */
  public static ContainerSample candidate(String name) {
    ContainerSample sample = new ContainerSample(name);
    sample.candidate = true;
    return sample;
  }

  /** Plan containers as the only task of a step. */
  public static Plan plan(TaskSize size, List<String> volumes, ContainerSample... containers) {
    return plan(size, volumes, List.of(), containers);
  }

  /** Plan containers as the only task of a step that leaves something behind. */
  public static Plan plan(
      TaskSize size,
      List<String> volumes,
      List<PlannedArtifact> artifacts,
      ContainerSample... containers) {
    SequencedMap<String, String> hosts = new LinkedHashMap<>();
    List<PlannedContainer> planned = new ArrayList<>();
    for (ContainerSample container : containers) {
      hosts.put(container.name, "127.0.0.1");
      planned.add(container.build());
    }
    TaskPlan task =
        new TaskPlan(
            1,
            planned,
            volumes.stream().map(PlannedVolume::new).toList(),
            hosts,
            size,
            "amd64",
            artifacts);
    return new Plan(
        1,
        "integration tests",
        PLACE,
        StepOptions.DEFAULT,
        Duration.ofMinutes(10),
        List.of(task),
        List.of(),
        "",
        false,
        List.of(),
        new LinkedHashMap<>(),
        List.of());
  }

  public ContainerSample after(String service, GateCondition condition) {
    gates.add(new Gate(service, condition, "a test says so"));
    return this;
  }

  public ContainerSample health(HealthProbe probe) {
    health = probe;
    return this;
  }

  /** Give it a check with numbers in seconds. */
  public ContainerSample health(long interval, long timeout, int retries, long startPeriod) {
    return health(
        new HealthProbe(
            List.of("CMD", "true"),
            Duration.ofSeconds(interval),
            Duration.ofSeconds(timeout),
            retries,
            Duration.ofSeconds(startPeriod),
            HealthProbe.Origin.COMPOSITION));
  }

  public ContainerSample listening(Integer... ports) {
    listening = new Listening(List.of(ports), Listening.LIMIT);
    return this;
  }

  public ContainerSample mount(PlannedMount mount) {
    mounts.add(mount);
    return this;
  }

  public ContainerSample tmpfs(String target, String... options) {
    tmpfs.add(new TmpfsMount(target, List.of(options)));
    return this;
  }

  public ContainerSample build(String name) {
    buildName = name;
    return this;
  }

  public ContainerSample entrypoint(String... words) {
    entrypoint = List.of(words);
    return this;
  }

  public ContainerSample command(String... words) {
    command = List.of(words);
    return this;
  }

  public ContainerSample user(String value) {
    user = value;
    return this;
  }

  public ContainerSample environment(String key, String value) {
    environment.put(key, value);
    return this;
  }

  public ContainerSample memoryLimitMiB(int value) {
    memoryLimitMiB = value;
    return this;
  }

  public ContainerSample cpus(double value) {
    cpus = value;
    return this;
  }

  public ContainerSample stopGracePeriod(Duration value) {
    stopGracePeriod = value;
    return this;
  }

  public ContainerSample stopSignal(String value) {
    stopSignal = value;
    return this;
  }

  public ContainerSample maximumRestarts(int value) {
    maximumRestarts = value;
    return this;
  }

  public ContainerSample readOnly() {
    readOnly = true;
    return this;
  }

  public ContainerSample capabilitiesAdded(String... names) {
    capabilitiesAdded = List.of(names);
    return this;
  }

  public ContainerSample groups(String... names) {
    groups = List.of(names);
    return this;
  }

  public ContainerSample ulimit(String key, long soft, long hard) {
    ulimits.put(key, new Ulimit(soft, hard));
    return this;
  }

  public ContainerSample sysctl(String key, String value) {
    sysctls.put(key, value);
    return this;
  }

  public ContainerSample shmSizeBytes(long value) {
    shmSizeBytes = value;
    return this;
  }

  /** Return it as planned. */
  public PlannedContainer build() {
    return new PlannedContainer(
        name,
        name,
        candidate,
        PLACE,
        name + ":1",
        buildName,
        entrypoint,
        command,
        environment,
        user,
        "",
        gates,
        health,
        listening,
        List.of(),
        mounts,
        tmpfs,
        128,
        memoryLimitMiB,
        cpus,
        stopGracePeriod,
        stopSignal,
        maximumRestarts,
        false,
        false,
        false,
        readOnly,
        capabilitiesAdded,
        List.of(),
        groups,
        ulimits,
        sysctls,
        shmSizeBytes,
        "",
        new LinkedHashMap<>());
  }
}
