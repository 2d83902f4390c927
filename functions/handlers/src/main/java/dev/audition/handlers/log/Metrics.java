package dev.audition.handlers.log;

import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;
import dev.audition.core.verdict.Verdict;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes metrics as lines of CloudWatch's embedded metric format: no call, no agent. Each metric
 * has the dimension {@code Deployment}, the table's name; runs are counted by verdict as well.
 */
public final class Metrics {
  /** Where the metrics are found. */
  public static final String NAMESPACE = "Audition";

  /** Runs that got a verdict, by {@code Verdict} as well. */
  public static final String RUNS_ENDED = "RunsEnded";

  /** Runs among them whose verdict is ERRORED. */
  public static final String RUNS_ERRORED = "RunsErrored";

  /** Commits that somebody else was ahead of. */
  public static final String COMMIT_CONFLICTS = "CommitConflicts";

  /** Seconds since the oldest command was asked for that has no answer, as each sweep finds it. */
  public static final String OLDEST_PENDING_COMMAND = "OldestPendingCommand";

  /** Milliseconds from a launch's commit until its task was known. */
  public static final String LAUNCH_LATENCY = "LaunchLatency";

  /** Messages that could not be read and went to the dead-letter queue. */
  public static final String UNREADABLE_MESSAGES = "UnreadableMessages";

  /** Tasks that no run wanted and a sweep stopped. */
  public static final String STRAY_TASKS = "StrayTasks";

  private static final String DEPLOYMENT = "Deployment";
  private static final String VERDICT = "Verdict";

  private final PrintStream out;
  private final InstantSource clock;
  private final String deployment;

  /**
   * Make one.
   *
   * @param deployment what tells this deployment from others
   */
  public Metrics(PrintStream out, InstantSource clock, String deployment) {
    this.out = out;
    this.clock = clock;
    this.deployment = deployment;
  }

  /** Count a run with its verdict. */
  public void run(Verdict verdict) {
    write(
        RUNS_ENDED, "Count", 1, Tree.mapping().putText(VERDICT, verdict.name()), List.of(VERDICT));
    count(RUNS_ERRORED, verdict == Verdict.ERRORED ? 1 : 0);
  }

  /** Count something. */
  public void count(String name, long times) {
    write(name, "Count", times, Tree.mapping(), List.of());
  }

  /** Note how long something took, or takes so far. */
  public void seconds(String name, Duration duration) {
    write(name, "Seconds", duration.toSeconds(), Tree.mapping(), List.of());
  }

  /** Note how long something took. */
  public void milliseconds(String name, Duration duration) {
    write(name, "Milliseconds", duration.toMillis(), Tree.mapping(), List.of());
  }

  private void write(
      String name, String unit, long value, MappingBuilder line, List<String> further) {
    MappingBuilder metric = Tree.mapping().putText("Name", name).putText("Unit", unit);
    MappingBuilder directive =
        Tree.mapping()
            .putText("Namespace", NAMESPACE)
            .putList("Dimensions", dimensions(further).stream().map(Tree::texts).toList())
            .putList("Metrics", List.of(metric.build()));
    line.put(
            "_aws",
            Tree.mapping()
                .putNumber("Timestamp", clock.instant().toEpochMilli())
                .putList("CloudWatchMetrics", List.of(directive.build()))
                .build())
        .putText(DEPLOYMENT, deployment)
        .putNumber(name, value);
    out.println(JsonWriter.write(line.build()));
  }

  private static List<List<String>> dimensions(List<String> further) {
    List<List<String>> sets = new ArrayList<>();
    sets.add(List.of(DEPLOYMENT));
    if (!further.isEmpty()) {
      List<String> all = new ArrayList<>(List.of(DEPLOYMENT));
      all.addAll(further);
      sets.add(all);
    }
    return sets;
  }
}
