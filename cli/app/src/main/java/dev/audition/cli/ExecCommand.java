package dev.audition.cli;

import dev.audition.core.run.RunId;
import dev.audition.local.LocalException;
import dev.audition.local.RunContainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code audition exec}. */
@Command(
    name = "exec",
    description = "Run a command in a container of a run that goes on or was kept.",
    footer = {
      "",
      "Examples:",
      "  audition exec db psql -U postgres",
      "  audition exec --run 1142 db sh",
      "",
      "Uses the docker command."
    })
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class ExecCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;

  @Option(names = "--run", paramLabel = "ID", description = "Default: the last run")
  @Nullable String id;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "The service or candidate")
  String container;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "COMMAND", description = "Default: sh")
  List<String> command = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Session session = parent.session();
    RunId runId = session.run(id);
    List<RunContainer> containers = session.auditions().containers(runId);
    RunContainer target =
        containers.stream()
            .filter(candidate -> candidate.service().equals(container) && candidate.running())
            .findFirst()
            .orElseThrow(() -> new UsageException(notRunning(runId, containers)));
    List<String> words = new ArrayList<>(List.of("docker"));
    words.addAll(
        List.of("--host", session.auditions().engineAddress().host().toString(), "exec", "-i"));
    if (Terminal.watched()) {
      words.add("-t");
    }
    words.add(target.containerId());
    words.addAll(command.isEmpty() ? List.of("sh") : command);
    try {
      return new ProcessBuilder(words).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new LocalException(
          "the docker command is needed for exec and was not found; install it, or use the"
              + " engine's API with container "
              + target.containerId(),
          e);
    }
  }

  private String notRunning(RunId runId, List<RunContainer> containers) {
    List<String> running =
        containers.stream().filter(RunContainer::running).map(RunContainer::service).toList();
    return running.isEmpty()
        ? "run " + runId + " has no running containers; start one with `audition run --keep`"
        : "run " + runId + " has no running container \"" + container + "\"; it has: " + running;
  }
}
