package dev.audition.cli;

import dev.audition.cli.render.DiagnosticText;
import dev.audition.cli.render.Style;
import dev.audition.core.compose.Quantities;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.expression.Variables;
import dev.audition.core.pipeline.ProjectFiles;
import dev.audition.core.pipeline.ProjectRequest;
import dev.audition.core.run.RunId;
import dev.audition.core.source.SourceFiles;
import dev.audition.local.workspace.WorkTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Turns options into a request to read a project. */
record Requests(Session session) {
  /**
   * A request, the id of the run it is for, and what to tell of the choice of files.
   *
   * @param choice lines for the user
   */
  record Request(ProjectRequest projectRequest, RunId runId, List<String> choice) {}

  /** Make a request whose project is to be run. */
  Request toRun(ProjectOptions options) {
    return request(options, false);
  }

  /** Make a request whose project is only to be shown. */
  Request planned(ProjectOptions options) {
    return request(options, true);
  }

  /**
   * Read a duration given on the command line.
   *
   * @throws UsageException if it is none
   */
  static Duration duration(String option, String text) {
    Duration duration = Quantities.duration(text);
    if (duration == null || !duration.isPositive()) {
      throw new UsageException(
          "%s: \"%s\" is not a duration (expected: 90s, 10m, 1h30m)".formatted(option, text));
    }
    return duration;
  }

  private Request request(ProjectOptions options, boolean planOnly) {
    SourceFiles sources = session.auditions().files();
    ProjectFiles.Choice choice = choose(options, sources);
    List<Diagnostic> refusals = choice.diagnostics().stream().filter(Diagnostic::refuses).toList();
    if (!refusals.isEmpty()) {
      throw new UsageException(
          String.join("\n", refusals.stream().map(Diagnostic::render).toList()));
    }
    Path first = Path.of(choice.files().getFirst());
    RunId runId = session.auditions().newRunId(name(first));
    WorkTree workTree = session.auditions().workTree(first, runId);
    ProjectRequest request =
        new ProjectRequest(
            choice.files(),
            workTree.workspace(),
            variables(options, first, workTree, sources),
            new LinkedHashMap<>(options.images),
            options.candidates,
            options.profiles,
            options.step,
            options.skipUnsupported,
            workTree.branch(),
            planOnly);
    return new Request(request, runId, DiagnosticText.lines(choice.diagnostics(), Style.PLAIN));
  }

  private ProjectFiles.Choice choose(ProjectOptions options, SourceFiles sources) {
    if (options.files.isEmpty()) {
      Variables environment =
          new Variables(
              List.of(
                  Variables.Source.of(
                      ProjectRequest.ENVIRONMENT, session.terminal().environment())));
      return ProjectFiles.choose(absolute(options.path), sources, environment);
    }
    List<String> files = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (Path file : options.files) {
      ProjectFiles.Choice choice =
          ProjectFiles.choose(absolute(options.path.resolve(file)), sources);
      files.addAll(choice.files());
      diagnostics.addAll(choice.diagnostics());
    }
    return new ProjectFiles.Choice(files, List.of(), diagnostics);
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /** The folder's name says more than the file's: most are called the same. */
  private static String name(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean hidden =
        folder != null
            && folder.getFileName() != null
            && folder.getFileName().toString().startsWith(".");
    Path named = hidden && folder != null ? folder.getParent() : folder;
    return named == null || named.getFileName() == null ? "run" : named.getFileName().toString();
  }

  private Variables variables(
      ProjectOptions options, Path first, WorkTree workTree, SourceFiles sources) {
    Map<String, String> environment = session.terminal().environment();
    List<Variables.Source> all = new ArrayList<>();
    all.add(new Variables.Source("--var", given(options, environment)));
    for (Path file : options.variableFiles) {
      all.add(new Variables.Source(file.toString(), VariableFile.read(absolute(file), sources)));
    }
    all.add(Variables.Source.of(ProjectRequest.ENVIRONMENT, environment));
    all.add(new Variables.Source(ProjectRequest.GIT, workTree.variables()));
    all.add(ExampleImages.source(first, environment, sources));
    return new Variables(all);
  }

  private static SequencedMap<String, String> given(
      ProjectOptions options, Map<String, String> environment) {
    SequencedMap<String, String> given = new LinkedHashMap<>();
    options.variables.forEach(
        (name, value) -> {
          if (value != null && !value.equals(ProjectOptions.NO_VALUE)) {
            given.put(name, value);
          } else if (environment.containsKey(name)) {
            given.put(name, environment.get(name));
          } else {
            throw new UsageException(
                "--var "
                    + name
                    + " has no value, and the environment has no "
                    + name
                    + ": write --var "
                    + name
                    + "=VALUE");
          }
        });
    return given;
  }
}
