package dev.audition.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code audition demo}. */
@Command(
    name = "demo",
    description = "Start a real PostgreSQL, test it, and show the verdict: examples/quickstart.",
    footer = {"", "Examples:", "  audition demo --yes     install what is missing without asking"})
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class DemoCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;
  @Mixin RunningOptions running;
  @Mixin OutputOptions output;

  @Option(
      names = {"-y", "--yes"},
      description = "Install what is missing without asking (the launcher reads it)")
  boolean yes;

  @Override
  public Integer call() {
    Path example = Path.of(System.getProperty("audition.home", "."), "examples", "quickstart");
    if (!Files.isDirectory(example)) {
      throw new UsageException(
          "the example " + example + " is not there: run the demo from a clone of the project");
    }
    ProjectOptions project = new ProjectOptions();
    project.path = example;
    return new Running(parent.session(), running, output).run(project);
  }
}
