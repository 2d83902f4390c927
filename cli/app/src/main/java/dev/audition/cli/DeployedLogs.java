package dev.audition.cli;

import dev.audition.aws.CloudException;
import dev.audition.aws.logs.CloudWatchLogSource;
import dev.audition.aws.logs.LogFollower;
import dev.audition.aws.logs.LogLine;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.task.TaskArn;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code audition logs --stack}: the output of a run's containers, from CloudWatch Logs. */
final class DeployedLogs {
  /** A reader is served five times a second; nobody reads as fast. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** The log driver hands over some seconds late, so that the end is believed when it lasts. */
  private static final int LOOKS_AFTER_THE_END = 6;

  /** A function starts, reads and plans before there is a run of a request: seconds. */
  private static final int LOOKS_FOR_A_NEW_RUN = 60;

  /** Troubles in a row that may pass by themselves. */
  private static final int MOST_TROUBLES = 5;

  private static final int MOST_PAGES = 5;

  private final Session session;
  private final StackOptions meant;
  private final Deployment deployment;
  private final DeployedRuns runs;
  private final CloudWatchLogSource source;
  private final Map<DeployedOutput, LogFollower> followers = new LinkedHashMap<>();
  private @Nullable Run run;

  DeployedLogs(Session session, StackOptions meant) {
    this.session = session;
    this.meant = meant;
    this.deployment = session.deployment(meant);
    this.runs = new DeployedRuns(deployment, meant.words());
    this.source = deployment.output(this::task);
  }

  private Optional<TaskArn> task(String startedBy) {
    Run known = run;
    return known == null ? Optional.empty() : DeployedOutput.tasks(known).find(startedBy);
  }

  /**
   * Print what is there, or all of it until the run has ended.
   *
   * @param words an id, a container, both or none
   */
  void print(List<String> words, boolean follow) {
    if (follow && !words.isEmpty() && RunId.isOne(words.getFirst())) {
      awaitStored(words.getFirst());
    }
    Target target = target(words);
    if (follow) {
      follow(target);
    } else {
      Run now = load(target.run());
      List<DeployedOutput> wanted = wanted(now, target);
      if (wanted.isEmpty() && target.container() != null) {
        throw new UsageException(
            "run %s has no output of \"%s\"; it has: %s"
                .formatted(target.run(), target.container(), services(DeployedOutput.of(now))));
      }
      wanted.forEach(output -> printNow(output, target, width(wanted)));
    }
  }

  private record Target(RunId run, @Nullable String container) {}

  /** One word is a container of the last run if it has one of that name, else a run. */
  private Target target(List<String> words) {
    if (words.size() == 2) {
      return new Target(runs.find(words.getFirst()), words.get(1));
    }
    if (words.isEmpty()) {
      return new Target(runs.find(null), null);
    }
    String word = words.getFirst();
    RunId last = runs.find(null);
    boolean container =
        runs.load(last).map(DeployedOutput::of).orElse(List.of()).stream()
            .anyMatch(output -> output.service().equals(word));
    return container ? new Target(last, word) : new Target(runs.find(word), null);
  }

  /** Somebody who pastes what {@code submit} printed is faster than the deployment. */
  private void awaitStored(String word) {
    String[] parts = word.split("-", -1);
    boolean likeOurs = parts.length >= 4 && parts[0].matches("[0-9]{8}");
    for (int i = 0; likeOurs && i < LOOKS_FOR_A_NEW_RUN; i++) {
      if (runs.load(new RunId(word)).isPresent()) {
        return;
      }
      if (i == 0) {
        session.terminal().err().printf("waiting until %s has taken %s%n", meant.stack, word);
      }
      session.deployments().pause(BETWEEN_LOOKS);
    }
  }

  private Run load(RunId id) {
    Run loaded =
        runs.load(id).orElseThrow(() -> new UsageException("nothing is known of run " + id));
    run = loaded;
    return loaded;
  }

  private List<DeployedOutput> wanted(Run now, Target target) {
    String container = target.container();
    return DeployedOutput.of(now).stream()
        .filter(output -> container == null ? !output.ours() : output.service().equals(container))
        .toList();
  }

  private static List<String> services(List<DeployedOutput> outputs) {
    return outputs.stream().map(DeployedOutput::service).distinct().toList();
  }

  private void printNow(DeployedOutput output, Target target, int width) {
    LogFollower follower = follower(output);
    do {
      print(output, follower.next(), target, width);
    } while (!follower.caughtUp());
  }

  private LogFollower follower(DeployedOutput output) {
    return followers.computeIfAbsent(
        output, one -> source.follow(one.startedBy(), one.container()).orElseThrow());
  }

  /** Containers may start later, and tasks may be launched again. */
  private void follow(Target target) {
    int silent = 0;
    int troubles = 0;
    while (silent < LOOKS_AFTER_THE_END) {
      try {
        Run now = load(target.run());
        boolean said = look(now, target);
        silent = now.verdict() != null && !said ? silent + 1 : 0;
        troubles = 0;
      } catch (CloudException e) {
        troubles++;
        if (!e.retryable() || troubles > MOST_TROUBLES) {
          throw e;
        }
      }
      if (silent < LOOKS_AFTER_THE_END) {
        session.deployments().pause(BETWEEN_LOOKS);
      }
    }
  }

  private boolean look(Run now, Target target) {
    List<DeployedOutput> wanted = wanted(now, target);
    int width = width(wanted);
    boolean said = false;
    for (DeployedOutput output : wanted) {
      LogFollower follower = follower(output);
      List<LogLine> lines = follower.next();
      // One that never pauses must not keep the others silent.
      for (int page = 0; !lines.isEmpty() && page < MOST_PAGES; page++) {
        said = true;
        print(output, lines, target, width);
        lines = follower.next();
      }
      print(output, lines, target, width);
    }
    return said;
  }

  private static int width(List<DeployedOutput> outputs) {
    return outputs.stream().mapToInt(output -> output.service().length()).max().orElse(0);
  }

  private void print(DeployedOutput output, List<LogLine> lines, Target target, int width) {
    PrintStream out = session.terminal().out();
    String service = output.service();
    String prefix =
        target.container() == null
            ? service + " ".repeat(Math.max(0, width - service.length())) + " | "
            : "";
    lines.forEach(line -> out.println(prefix + line.text()));
  }
}
