package dev.audition.core.simulation;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunService;
import dev.audition.core.run.StepSettings;
import dev.audition.core.run.Ticket;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.admission.CapacityAwareRuntime;
import dev.audition.core.run.admission.Quotas;
import dev.audition.core.run.admission.RunQueue;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.task.TaskDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays one scenario to its end. Deterministic by seed. */
final class Simulation {
  private static final Duration SWEEP = Duration.ofSeconds(60);
  private static final StepSettings STEP =
      new StepSettings(
          1,
          "integration",
          StepSettings.Kind.COMPOSITION,
          Duration.ofHours(1),
          true,
          false,
          List.of("tests"),
          "");

  final Scenario scenario;
  final VirtualTime time = new VirtualTime();
  final Instant beginning = time.instant();
  final Map<RunId, RunPlan> plans = new LinkedHashMap<>();
  final Map<RunId, Instant> admittedAt = new LinkedHashMap<>();
  final Ledger ledger;
  final Figures launches;
  final PlayedFargate fargate;
  final BilledRunStore runStore;
  double usedWhenLastWasAdmitted;
  int overdue;
  private final RunService runs;
  private final RunQueue queue;
  private final double eventSeconds;
  private int toArrive;

  Simulation(Figures figures, Scenario scenario, int count, long seed) {
    this.scenario = scenario;
    int vcpus = scenario.spotPercent() > 0 ? 2 * scenario.accountVcpus() : scenario.accountVcpus();
    List<RunPlan> drawn = new Arrivals(figures, seed).draw(count, scenario.arrivalSeconds(), vcpus);
    drawn.forEach(plan -> plans.put(plan.id(), plan));
    ledger = new Ledger(figures);
    eventSeconds = figures.number("eventSeconds");
    launches = figures.object("launches");
    fargate = new PlayedFargate(time, plans, scenario, launches.whole("perSecond"), this::told);
    runStore = new BilledRunStore(ledger);
    AdmissionService admission =
        new AdmissionService(
            new BilledAdmissionStore(ledger), Quotas.ofVcpus(scenario.vcpus()), time, Backoff.NONE);
    runs =
        new RunService(
            new RunPorts(runStore, new CapacityAwareRuntime(fargate, admission), fargate),
            time,
            Runnable::run,
            _ -> {});
    queue = new RunQueue(admission, runStore, runs, time, Runnable::run, () -> true);
  }

  /** Play it to its end, and say what came of it. */
  Outcome play() {
    toArrive = plans.size();
    plans.values().forEach(p -> time.in(VirtualTime.seconds(p.arrives()), () -> arrive(p)));
    time.in(SWEEP, this::sweep);
    while (time.step()) {
      // everything happens inside
    }
    return Outcome.of(this);
  }

  private void arrive(RunPlan plan) {
    toArrive--;
    ledger.message();
    ledger.call("requestSeconds");
    Run run =
        Run.of(plan.id(), "audition.yml", null, List.of(STEP), time.instant())
            .waitingWith(
                new Ticket(
                    plan.project(),
                    CapacityPool.of(plan.id(), scenario.spotPercent()),
                    plan.cpuUnits(),
                    null));
    begun(queue.submit(run));
  }

  private void told(TaskDescription task) {
    time.in(
        VirtualTime.seconds(eventSeconds),
        () -> {
          ledger.message();
          ledger.call("eventSeconds");
          runs.taskChanged(task).ifPresent(run -> begun(queue.changed(List.of(run))));
        });
  }

  private void sweep() {
    ledger.call("sweepSeconds");
    for (RunId id : runStore.active(time.instant())) {
      overdue++;
      begun(queue.changed(List.of(runs.check(id))));
    }
    begun(queue.sweep());
    if (toArrive > 0 || admittedAt.size() < plans.size() || !fargate.idle()) {
      time.in(SWEEP, this::sweep);
    }
  }

  private void begun(List<RunId> ids) {
    ledger.launches(ids.size());
    for (RunId id : ids) {
      admittedAt.putIfAbsent(id, time.instant());
      usedWhenLastWasAdmitted = fargate.usedUnitSeconds;
    }
  }
}
