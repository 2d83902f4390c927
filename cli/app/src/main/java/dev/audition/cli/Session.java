package dev.audition.cli;

import dev.audition.cli.render.Style;
import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.local.Auditions;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every command has at hand: the terminal, this machine, and deployments. */
final class Session implements AutoCloseable {
  private final Terminal terminal;
  private final Supplier<Auditions> connecting;
  private final Deployments deployments;
  private @Nullable Auditions auditions;

  Session(Terminal terminal, Supplier<Auditions> connecting, Deployments deployments) {
    this.terminal = terminal;
    this.connecting = connecting;
    this.deployments = deployments;
  }

  Deployments deployments() {
    return deployments;
  }

  /** Return what lets the runs of a deployment in. */
  AdmissionService admission(StackOptions meant) {
    return deployments.admission(meant.stack, meant.region(terminal.environment()));
  }

  Terminal terminal() {
    return terminal;
  }

  /** Return this machine; made at the first call, so that help and usage errors cost nothing. */
  Auditions auditions() {
    if (auditions == null) {
      auditions = connecting.get();
    }
    return auditions;
  }

  Style style(boolean noColor) {
    return terminal.style(noColor);
  }

  void print(List<String> lines) {
    lines.forEach(terminal.out()::println);
  }

  /** Return the runs of this machine. */
  Runs runs() {
    return new LaptopRuns(auditions());
  }

  /** Return the runs that a command is about. */
  Runs runs(RemoteOptions remote) {
    return remote.deployment().<Runs>map(this::deployedRuns).orElseGet(this::runs);
  }

  /** Return the runs of a deployment. */
  DeployedRuns deployedRuns(StackOptions meant) {
    return new DeployedRuns(deployment(meant), meant.words());
  }

  Deployment deployment(StackOptions meant) {
    return deployments.open(meant.stack, meant.region(terminal.environment()));
  }

  /** Find the run of this machine that is meant; see {@link Runs#find}. */
  RunId run(@Nullable String id) {
    return runs().find(id);
  }

  @Override
  public void close() {
    if (auditions != null) {
      auditions.close();
    }
  }
}
