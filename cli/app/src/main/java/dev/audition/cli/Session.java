package dev.audition.cli;

import dev.audition.cli.render.Style;
import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.local.Auditions;
import dev.audition.local.RunSummary;
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

  /**
   * Find the run that is meant.
   *
   * @param id a whole id, the beginning of one, or null for the last run
   * @throws UsageException if there is none, or several begin so
   */
  RunId run(@Nullable String id) {
    List<RunSummary> runs = auditions().runs();
    if (runs.isEmpty()) {
      throw new UsageException("there are no runs yet: start one with `audition run`");
    }
    if (id == null) {
      return runs.getFirst().runId();
    }
    List<RunId> matching =
        runs.stream()
            .map(RunSummary::runId)
            .filter(run -> run.value().equals(id) || run.value().contains(id))
            .toList();
    List<RunId> exact = matching.stream().filter(run -> run.value().equals(id)).toList();
    if (exact.size() == 1 || matching.size() == 1) {
      return exact.isEmpty() ? matching.getFirst() : exact.getFirst();
    }
    if (matching.isEmpty()) {
      throw new UsageException("there is no run \"" + id + "\": `audition runs` lists them");
    }
    throw new UsageException(
        "\"" + id + "\" fits " + matching.size() + " runs: " + matching + "; give more of the id");
  }

  @Override
  public void close() {
    if (auditions != null) {
      auditions.close();
    }
  }
}
