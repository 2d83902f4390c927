package dev.audition.cli;

import dev.audition.aws.CloudException;
import dev.audition.core.request.CancelRequest;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.run.RunReport.StepReport;
import dev.audition.core.run.RunReports;
import dev.audition.core.run.RunStatus;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.port.RunStore;
import dev.audition.local.Auditions.CancelAnswer;
import dev.audition.local.RunSummary;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The runs of a deployment. */
final class DeployedRuns implements Runs {
  /** As many as a list shows; each is loaded. */
  private static final int LISTED = 30;

  /** As many as a part of an id is looked for among; only their ids are read. */
  private static final int KNOWN = 500;

  private final Deployment deployment;
  private final String words;
  private final RunStore store;
  private final InstantSource clock = InstantSource.system();

  /**
   * Make these.
   *
   * @param words the options that mean this deployment
   */
  DeployedRuns(Deployment deployment, String words) {
    this.deployment = deployment;
    this.words = words;
    this.store = deployment.runs();
  }

  Optional<Run> load(RunId run) {
    return store.load(run);
  }

  @Override
  public List<RunSummary> list() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Run>>> loading =
          store.newest(LISTED).stream().map(id -> threads.submit(() -> store.load(id))).toList();
      return loading.stream()
          .map(DeployedRuns::loaded)
          .flatMap(Optional::stream)
          .map(this::summary)
          .toList();
    }
  }

  private static Optional<Run> loaded(Future<Optional<Run>> loading) {
    try {
      return loading.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private RunSummary summary(Run run) {
    RunReport report = RunReports.report(run, List.of(), clock.instant());
    return new RunSummary(
        run.id(),
        run.file(),
        run.verdict(),
        report.reason().lines().findFirst().orElse(""),
        false,
        run.times().createdAt(),
        run.times().endedAt());
  }

  @Override
  public List<RunId> ids() {
    return store.newest(KNOWN);
  }

  @Override
  public RunId find(@Nullable String id) {
    if (id != null && RunId.isOne(id)) {
      RunId whole = new RunId(id);
      // A list is behind by a moment, and a run just stored must be found.
      if (store.load(whole).isPresent()) {
        return whole;
      }
    }
    return Runs.super.find(id);
  }

  @Override
  public String howToBegin() {
    return "ask for one with `audition submit %s`".formatted(words);
  }

  @Override
  public String none() {
    return "No runs yet. Ask for one with `audition submit %s`.".formatted(words);
  }

  @Override
  public String howToList() {
    return "audition runs " + words;
  }

  @Override
  public Optional<RunReport> report(RunId run) {
    return load(run).map(this::report);
  }

  /** Report on a run; of one that waits, why it does. */
  RunReport report(Run run) {
    RunReport report = RunReports.report(run, List.of(), clock.instant());
    return run.status() == RunStatus.QUEUED
        ? deployment.admission(Backoff.NONE).whyWaiting(run).map(report::withReason).orElse(report)
        : report;
  }

  /** A report without its last lines is better than none. */
  @Override
  public List<String> lastLines(RunId id, StepReport step, int most) {
    try {
      return load(id).map(run -> lastLines(run, step, most)).orElse(List.of());
    } catch (CloudException e) {
      return List.of("(" + CloudWords.line(e) + ")");
    }
  }

  private List<String> lastLines(Run run, StepReport step, int most) {
    return DeployedOutput.of(run).stream()
        .filter(output -> output.step() == step.number())
        .filter(output -> output.service().equals(step.guilty()))
        .reduce((earlier, later) -> later)
        .map(
            output ->
                deployment
                    .output(DeployedOutput.tasks(run))
                    .tail(output.startedBy(), output.container(), most))
        .orElse(List.of());
  }

  @Override
  public CancelAnswer cancel(RunId id) {
    Optional<Run> run = load(id);
    if (run.isEmpty()) {
      return CancelAnswer.UNKNOWN;
    }
    if (run.get().verdict() != null) {
      return CancelAnswer.ENDED;
    }
    deployment
        .requests()
        .send(new CancelRequest(id, "audition cancel", "").write(), id.value(), Duration.ZERO);
    return CancelAnswer.ASKED;
  }
}
