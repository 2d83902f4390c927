package dev.audition.core.simulation;

import dev.audition.core.run.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Draws the runs of a scenario from a seed. */
final class Arrivals {
  private final Figures figures;
  private final Random random;

  Arrivals(Figures figures, long seed) {
    this.figures = figures;
    this.random = new Random(seed);
  }

  /**
   * Draw runs.
   *
   * @param count of all projects but the small one
   * @param vcpus for how long the small project goes on sending requests
   */
  List<RunPlan> draw(int count, double arrivalSeconds, int vcpus) {
    Figures mix = figures.object("mix");
    List<RunPlan> plans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String project = pick(mix.list("projects")).text("value");
      int cpuUnits = pick(mix.list("cpuUnits")).whole("value");
      double arrives = random.nextDouble() * arrivalSeconds;
      plans.add(plan("run-" + i, project, cpuUnits, arrives, candidate(mix)));
    }
    double until = plans.stream().mapToDouble(RunPlan::work).sum() / (vcpus * 1024.0);
    Figures small = mix.object("small");
    int requests = Math.max(1, (int) Math.min(small.whole("requests"), until / 300));
    for (int i = 0; i < requests; i++) {
      plans.add(
          plan(
              "small-" + i,
              small.text("project"),
              small.whole("cpuUnits"),
              until * (i + 0.5) / (requests + 1),
              small.number("candidateSeconds")));
    }
    plans.sort(Comparator.comparingDouble(RunPlan::arrives));
    return plans;
  }

  private RunPlan plan(
      String id, String project, int cpuUnits, double arrives, double candidateSeconds) {
    return new RunPlan(
        new RunId(id),
        project,
        cpuUnits,
        arrives,
        between(figures.object("startSeconds")),
        candidateSeconds,
        between(figures.object("stopSeconds")));
  }

  private double candidate(Figures mix) {
    Figures seconds = mix.object("candidateSeconds");
    double drawn =
        seconds.number("median") * Math.exp(seconds.number("sigma") * random.nextGaussian());
    return Math.clamp(drawn, seconds.number("least"), seconds.number("most"));
  }

  private double between(Figures range) {
    return range.number("least")
        + random.nextDouble() * (range.number("most") - range.number("least"));
  }

  private Figures pick(List<Figures> weighted) {
    double place =
        random.nextDouble() * weighted.stream().mapToDouble(f -> f.number("weight")).sum();
    for (Figures figure : weighted) {
      place -= figure.number("weight");
      if (place < 0) {
        return figure;
      }
    }
    return weighted.getLast();
  }
}
