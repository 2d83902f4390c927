package dev.audition.core.testkit;

import dev.audition.core.plan.Listening;
import dev.audition.core.task.AccountOptions;
import dev.audition.core.task.ContainerCondition;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.ContainerDependency;
import dev.audition.core.task.HealthCheck;
import dev.audition.core.task.MountPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A container definition in the making: everything but what a test is about has a default. */
public final class ContainerDraft {
  private final String name;
  private String image;
  private boolean essential;
  private @Nullable List<String> entryPoint;
  private @Nullable List<String> command;
  private final SequencedMap<String, String> environment = new LinkedHashMap<>();
  private String user = "";
  private String workingDirectory = "";
  private final List<ContainerDependency> dependsOn = new ArrayList<>();
  private @Nullable HealthCheck healthCheck;
  private @Nullable Listening listening;
  private List<Integer> ports = List.of();
  private final List<MountPoint> mountPoints = new ArrayList<>();
  private @Nullable Integer memoryMiB;
  private @Nullable Integer cpuUnits;
  private Duration stopTimeout = Duration.ofSeconds(5);
  private @Nullable Integer maximumRestarts;
  private boolean readonlyRootFilesystem;
  private boolean pseudoTerminal;
  private List<String> capabilitiesDropped = List.of();
  private List<String> groups = List.of();
  private final SequencedMap<String, String> systemControls = new LinkedHashMap<>();
  private AccountOptions account = AccountOptions.NONE;

  private ContainerDraft(String name, String image) {
    this.name = name;
    this.image = image;
  }

  /** Begin one: not essential, with five seconds to stop. */
  public static ContainerDraft of(String name, String image) {
    return new ContainerDraft(name, image);
  }

  /** Let its end end the task. */
  public ContainerDraft essential() {
    essential = true;
    return this;
  }

  /** Take another image. */
  public ContainerDraft image(String reference) {
    image = reference;
    return this;
  }

  /** Replace the image's entry point. */
  public ContainerDraft entryPoint(String... words) {
    entryPoint = List.of(words);
    return this;
  }

  /** Replace the image's command. */
  public ContainerDraft command(String... words) {
    command = List.of(words);
    return this;
  }

  /** Run a script of /bin/sh. */
  public ContainerDraft shell(String script) {
    return entryPoint("/bin/sh", "-c").command(script);
  }

  /** Set a variable. */
  public ContainerDraft variable(String key, String value) {
    environment.put(key, value);
    return this;
  }

  /** Run as this user. */
  public ContainerDraft user(String nameOrId) {
    user = nameOrId;
    return this;
  }

  /** Run in this folder. */
  public ContainerDraft workingDirectory(String path) {
    workingDirectory = path;
    return this;
  }

  /** Wait for another container. */
  public ContainerDraft after(String container, ContainerCondition condition) {
    dependsOn.add(new ContainerDependency(container, condition));
    return this;
  }

  /** Check its health. */
  public ContainerDraft health(HealthCheck check) {
    healthCheck = check;
    return this;
  }

  /** Dial these ports. */
  public ContainerDraft listening(Duration limit, Integer... dialled) {
    listening = new Listening(List.of(dialled), limit);
    return ports(dialled);
  }

  /** Know these ports. */
  public ContainerDraft ports(Integer... known) {
    ports = List.of(known);
    return this;
  }

  /** Mount a volume of the task. */
  public ContainerDraft mount(String volume, String path) {
    mountPoints.add(new MountPoint(volume, path, false));
    return this;
  }

  /** Mount a volume of the task, to read only. */
  public ContainerDraft mountReadOnly(String volume, String path) {
    mountPoints.add(new MountPoint(volume, path, true));
    return this;
  }

  /** Limit its memory. */
  public ContainerDraft memoryMiB(int limit) {
    memoryMiB = limit;
    return this;
  }

  /** Limit its share of the CPUs. */
  public ContainerDraft cpuUnits(int units) {
    cpuUnits = units;
    return this;
  }

  /** Give it this long to stop. */
  public ContainerDraft stopTimeout(Duration grace) {
    stopTimeout = grace;
    return this;
  }

  /** Start it again after a failure. */
  public ContainerDraft maximumRestarts(int maximum) {
    maximumRestarts = maximum;
    return this;
  }

  /** Forbid it to write to its own files. */
  public ContainerDraft readonlyRootFilesystem() {
    readonlyRootFilesystem = true;
    return this;
  }

  /** Give it a terminal. */
  public ContainerDraft pseudoTerminal() {
    pseudoTerminal = true;
    return this;
  }

  /** Take capabilities from it. */
  public ContainerDraft dropCapabilities(String... names) {
    capabilitiesDropped = List.of(names);
    return this;
  }

  /** Add groups to its user. */
  public ContainerDraft groups(String... names) {
    groups = List.of(names);
    return this;
  }

  /** Set a kernel parameter. */
  public ContainerDraft systemControl(String key, String value) {
    systemControls.put(key, value);
    return this;
  }

  /** Give it what it has only in an account. */
  public ContainerDraft account(AccountOptions options) {
    account = options;
    return this;
  }

  /** Return the definition. */
  public ContainerDefinition build() {
    return new ContainerDefinition(
        name,
        name,
        image,
        essential,
        entryPoint,
        command,
        environment,
        user,
        workingDirectory,
        dependsOn,
        healthCheck,
        listening,
        ports,
        mountPoints,
        List.of(),
        memoryMiB,
        cpuUnits,
        stopTimeout,
        "",
        maximumRestarts,
        false,
        pseudoTerminal,
        false,
        readonlyRootFilesystem,
        List.of(),
        capabilitiesDropped,
        groups,
        new LinkedHashMap<>(),
        systemControls,
        null,
        new LinkedHashMap<>(),
        account);
  }
}
