package dev.audition.handlers;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlanJson;
import dev.audition.core.request.CancelRequest;
import dev.audition.core.request.CancelRequestReader;
import dev.audition.core.request.RunRequest;
import dev.audition.core.request.RunRequestJson;
import dev.audition.core.request.RunRequestReader;
import dev.audition.core.request.RunRequestReader.Outcome;
import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunService;
import dev.audition.core.run.Ticket;
import dev.audition.core.run.admission.Quotas;
import dev.audition.core.run.admission.RunQueue;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.tree.JsonWriter;
import dev.audition.handlers.FargatePlans.Planned;
import dev.audition.handlers.RequestedProjects.RequestedProject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes runs of requests: read, planned, stored, and begun if there is room. */
final class RunRequests {
  /** What a run needs at most from its beginning until nobody asks for its record any more. */
  static final Duration TO_RUN = Duration.ofDays(2);

  /** A run's record holds the first of its refusals; all of them are a text of their own. */
  private static final int MOST_TOLD = 10;

  private final RunStore store;
  private final RunService runs;
  private final RunQueue queue;
  private final RequestedProjects projects;
  private final FargatePlans plans;
  private final Quotas quotas;
  private final int spotPercent;
  private final Duration retention;
  private final InstantSource clock;

  RunRequests(
      RunStore store,
      RunService runs,
      RunQueue queue,
      RequestedProjects projects,
      FargatePlans plans,
      Quotas quotas,
      int spotPercent,
      Duration retention,
      InstantSource clock) {
    this.store = store;
    this.runs = runs;
    this.queue = queue;
    this.projects = projects;
    this.plans = plans;
    this.quotas = quotas;
    this.spotPercent = spotPercent;
    this.retention = retention;
    this.clock = clock;
  }

  /** What came of a message. */
  sealed interface Taken {
    /** There is a run of it, refused or not; the message has done its work. */
    record Stored(RunId run) implements Taken {}

    /** The run it wants to end has heard it, or had ended before. */
    record Cancelled(RunId run) implements Taken {}

    /** It is no request; nobody could do anything with it. */
    record Unreadable(String reasons) implements Taken {}
  }

  /** Take a message; the same one again does no harm. */
  Taken take(String body) {
    return switch (CancelRequestReader.read(body)) {
      case CancelRequestReader.Outcome.Accepted(CancelRequest request) -> cancel(request);
      case CancelRequestReader.Outcome.Rejected rejected ->
          new Taken.Unreadable(rejected.reasons());
      case CancelRequestReader.Outcome.SomethingElse _ -> takeRun(body);
    };
  }

  /** One that overtook the request of its run comes back. */
  private Taken cancel(CancelRequest request) {
    if (store.load(request.run()).isEmpty()) {
      throw new RuntimeUnavailableException(
          "the run %s that is to be cancelled is not stored; its request may be on its way"
              .formatted(request.run()));
    }
    Run run = runs.cancel(request.run(), request.by(), request.reason());
    if (run.over()) {
      var _ = queue.changed(List.of(run));
    }
    return new Taken.Cancelled(run.id());
  }

  private Taken takeRun(String body) {
    return switch (RunRequestReader.read(body)) {
      case Outcome.Accepted(RunRequest request) -> take(request);
      case Outcome.Rejected rejected -> new Taken.Unreadable(rejected.reasons());
    };
  }

  private Taken take(RunRequest asked) {
    Optional<Run> known = store.load(asked.runId());
    if (known.isPresent()) {
      submit(known.get());
    } else {
      take(asked.accepted(clock.instant()), clock.instant());
    }
    return new Taken.Stored(asked.runId());
  }

  /** The request goes first, so that no run is ever stored without. */
  private void take(RunRequest request, Instant now) {
    store.putText(request.runId(), CloudPreparation.REQUEST, RunRequestJson.write(request));
    RequestedProject project = projects.read(request);
    Pipeline pipeline = project.project().pipeline();
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.addAll(project.project().diagnostics());
    if (pipeline == null || diagnostics.refused()) {
      refuse(request, pipeline, diagnostics, now);
      return;
    }
    List<Planned> planned = plans.planAll(project, pipeline);
    planned.stream()
        .filter(Planned::refusedForGood)
        .forEach(step -> diagnostics.addAll(step.diagnostics()));
    List<Plan> steps = planned.stream().map(Planned::plan).toList();
    Ticket ticket =
        new Ticket(
            request.project(),
            CapacityPool.of(request.runId(), spotPercent),
            Ticket.peakOf(steps),
            patience(request.queueTimeout()));
    quotas.refusal(ticket).ifPresent(diagnostics::add);
    if (diagnostics.refused()) {
      refuse(request, pipeline, diagnostics, now);
      return;
    }
    store.putText(request.runId(), "plan", JsonWriter.write(PlanJson.of(steps)));
    submit(
        Run.queued(request.runId(), pipeline.file(), request.timeout(), steps, now)
            .waitingWith(ticket)
            .withHooks(pipeline.hooks()));
  }

  /** A run's record does not outlive what it is kept for, so it cannot wait until then. */
  private Duration patience(@Nullable Duration asked) {
    Duration most = retention.minus(TO_RUN);
    return asked == null || asked.compareTo(most) > 0 ? most : asked;
  }

  private void submit(Run run) {
    var _ = queue.submit(run);
  }

  private void refuse(
      RunRequest request, @Nullable Pipeline pipeline, Diagnostics diagnostics, Instant now) {
    List<String> refusals =
        diagnostics.sorted().stream()
            .filter(Diagnostic::refuses)
            .map(Diagnostic::render)
            .distinct()
            .toList();
    store.putText(request.runId(), "refusals", String.join("\n", refusals));
    String told = refusals.stream().limit(MOST_TOLD).collect(Collectors.joining("\n"));
    if (refusals.size() > MOST_TOLD) {
      told += "\nand %d more".formatted(refusals.size() - MOST_TOLD);
    }
    String file = pipeline == null ? String.join(", ", request.files()) : pipeline.file();
    Run refused = Run.refused(request.runId(), file, told, now);
    if (pipeline != null) {
      refused = refused.withHooks(pipeline.hooks());
    }
    store.create(refused);
    if (!refused.pending().isEmpty()) {
      var _ = runs.handle(refused.id(), List.of()); // its notifications
    }
  }
}
