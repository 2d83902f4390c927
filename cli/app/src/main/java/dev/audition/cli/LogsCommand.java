package dev.audition.cli;

import dev.audition.core.run.RunId;
import dev.audition.local.LogFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code audition logs}. */
@Command(
    name = "logs",
    description = "Print the output of a run's containers.",
    footer = {
      "",
      "Examples:",
      "  audition logs             all containers of the last run",
      "  audition logs db          one of them",
      "  audition logs -f 1142 db  of another run, as it grows"
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class LogsCommand implements Callable<Integer> {
  private static final long LOOK_AGAIN_MILLIS = 200;

  @ParentCommand AuditionCommand parent;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on while the run goes on")
  boolean follow;

  @Parameters(
      arity = "0..2",
      paramLabel = "[ID] [CONTAINER]",
      description = "Default: all of the last run")
  List<String> words = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Session session = parent.session();
    Target target = target(session);
    if (follow) {
      follow(session, target);
    } else {
      List<LogFile> files = files(session, target);
      files.forEach(file -> copy(session, target, file, width(files)));
    }
    return ExitCode.OK;
  }

  /** Containers may start later, and then they have a file of their own. */
  private void follow(Session session, Target target) throws InterruptedException {
    Map<Path, Thread> following = new HashMap<>();
    boolean more;
    do {
      more = goesOn(session, target);
      List<LogFile> files = session.auditions().logFiles(target.runId());
      int width = width(files);
      files.stream()
          .filter(file -> target.wants(file.service()))
          .forEach(
              file ->
                  following.computeIfAbsent(
                      file.path(),
                      path -> Thread.ofVirtual().start(() -> copy(session, target, file, width))));
      Thread.sleep(LOOK_AGAIN_MILLIS);
    } while (more);
    for (Thread thread : following.values()) {
      thread.join();
    }
  }

  private void copy(Session session, Target target, LogFile file, int width) {
    String prefix =
        target.container() == null
            ? file.service() + " ".repeat(Math.max(0, width - file.service().length())) + " | "
            : "";
    LogLines.copy(file.path(), prefix, session.terminal().out(), () -> goesOn(session, target));
  }

  private static int width(List<LogFile> files) {
    return files.stream().mapToInt(file -> file.service().length()).max().orElse(0);
  }

  private record Target(RunId runId, @Nullable String container) {
    boolean wants(String service) {
      return container == null || container.equals(service);
    }
  }

  /** One word is a container of the last run if it has one of that name, else a run. */
  private Target target(Session session) {
    if (words.size() == 2) {
      return new Target(session.run(words.get(0)), words.get(1));
    }
    if (words.isEmpty()) {
      return new Target(session.run(null), null);
    }
    RunId last = session.run(null);
    boolean container =
        session.auditions().logFiles(last).stream()
            .anyMatch(file -> file.service().equals(words.getFirst()));
    if (container) {
      return new Target(last, words.getFirst());
    }
    try {
      return new Target(session.run(words.getFirst()), null);
    } catch (UsageException e) {
      throw new UsageException(
          "%s; and the last run has no container \"%s\", it has: %s"
              .formatted(e.getMessage(), words.getFirst(), containers(session, last)));
    }
  }

  private static List<String> containers(Session session, RunId run) {
    return session.auditions().logFiles(run).stream().map(LogFile::service).distinct().toList();
  }

  private static List<LogFile> files(Session session, Target target) {
    List<LogFile> all = session.auditions().logFiles(target.runId());
    if (target.container() == null) {
      return all;
    }
    List<LogFile> wanted =
        all.stream().filter(file -> file.service().equals(target.container())).toList();
    if (wanted.isEmpty()) {
      throw new UsageException(
          "run "
              + target.runId()
              + " has no output of \""
              + target.container()
              + "\"; it has: "
              + all.stream().map(LogFile::service).distinct().toList());
    }
    return wanted;
  }

  private boolean goesOn(Session session, Target target) {
    return follow
        && session
            .auditions()
            .report(target.runId())
            .filter(report -> report.verdict() == null)
            .isPresent();
  }
}
