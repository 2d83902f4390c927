package dev.audition.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what is run or planned. */
@SuppressWarnings("NullAway.Init") // the command line sets them
final class ProjectOptions {
  /** Stands for a value that is to come from the environment. */
  static final String NO_VALUE = "\u0000";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PATH",
      defaultValue = ".",
      description =
          "A pipeline or compose file, or a folder (the first of audition.yml, codefresh.yml,"
              + " .codefresh/codefresh.yml, compose.yaml, compose.yml, docker-compose.yml,"
              + " docker-compose.yaml). Default: this folder")
  Path path;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "A compose file; repeat to merge several, later ones win")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "A compose profile to switch on; may be repeated")
  List<String> profiles = new ArrayList<>();

  @Option(names = "--step", paramLabel = "NAME", description = "Only this step of the pipeline")
  @Nullable String step;

  @Option(
      names = "--candidate",
      paramLabel = "NAME",
      description = "A service of a compose file whose exit code decides; may be repeated")
  List<String> candidates = new ArrayList<>();

  @Option(
      names = "--image",
      paramLabel = "NAME=REF",
      description = "The image that $${{NAME}} stands for, instead of building it")
  Map<String, String> images = new LinkedHashMap<>();

  @Option(
      names = "--var",
      paramLabel = "K=V",
      mapFallbackValue = NO_VALUE,
      description = "A variable; without =V its value comes from the environment")
  Map<String, String> variables = new LinkedHashMap<>();

  @Option(
      names = "--var-file",
      paramLabel = "FILE",
      description = "A file of variables: lines K=V, or a YAML or JSON mapping")
  List<Path> variableFiles = new ArrayList<>();

  @Option(
      names = "--skip-unsupported",
      description = "List steps of types that are not run here (push, deploy, ...) as not run")
  boolean skipUnsupported;
}
