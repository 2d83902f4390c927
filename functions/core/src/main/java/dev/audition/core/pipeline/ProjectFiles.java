package dev.audition.core.pipeline;

import dev.audition.core.compose.ComposeReader;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.Variables;
import dev.audition.core.source.SourceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says which file of a folder is meant. */
public final class ProjectFiles {
  /** The pipelines looked for in a folder, the first one there is taken. */
  public static final List<String> PIPELINE_NAMES =
      List.of("audition.yml", "codefresh.yml", ".codefresh/codefresh.yml");

  /** The compose files looked for where a folder holds no pipeline, in this order. */
  public static final List<String> COMPOSE_NAMES =
      List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

  /** The files that are merged over a compose file that was found by its name, the first only. */
  public static final List<String> OVERRIDE_NAMES =
      List.of(
          "compose.override.yaml",
          "compose.override.yml",
          "docker-compose.override.yml",
          "docker-compose.override.yaml");

  private ProjectFiles() {}

  /**
   * The files meant.
   *
   * @param files absolute paths to hand to {@link ProjectRequest}: the chosen file, then its
   *     override if there is one; empty if there is nothing to read
   * @param passedOver absolute paths of files that would have been taken had the chosen one not
   *     been there
   * @param diagnostics one note that names the choice; a refusal if there is nothing to read
   */
  public record Choice(List<String> files, List<String> passedOver, List<Diagnostic> diagnostics) {
    public Choice {
      files = List.copyOf(files);
      passedOver = List.copyOf(passedOver);
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /**
   * Choose among the files of a folder; a path to a file means that file, without an override, as
   * {@code docker compose -f} does.
   *
   * @param path absolute and normalised
   */
  public static Choice choose(String path, SourceFiles files) {
    return choose(path, files, new Variables(List.of()));
  }

  /**
   * Choose, as {@link #choose(String, SourceFiles)} does; in a folder without a pipeline {@code
   * COMPOSE_FILE} names the compose files, as it does for {@code docker compose}.
   *
   * @param environment in which {@code COMPOSE_FILE} and {@code COMPOSE_PATH_SEPARATOR} are looked
   *     for, before the folder's {@code .env}
   * @see <a href="https://docs.docker.com/compose/how-tos/environment-variables/envvars/">Compose's
   *     own variables</a>
   */
  public static Choice choose(String path, SourceFiles files, Variables environment) {
    return switch (files.kind(path)) {
      case FILE -> new Choice(List.of(path), List.of(), List.of());
      case FOLDER -> inFolder(path, files, environment);
      case ABSENT ->
          nothing(path, files, "there is no such file or folder", "Name a file or a folder.");
    };
  }

  private static Choice inFolder(String folder, SourceFiles files, Variables environment) {
    List<String> composeFiles = present(folder, COMPOSE_NAMES, files);
    List<String> all = new ArrayList<>(present(folder, PIPELINE_NAMES, files));
    if (all.isEmpty()) {
      Variables variables = ComposeReader.withDotEnv(environment, folder, files);
      String named = variables.find("COMPOSE_FILE").orElse("");
      if (!named.isEmpty()) {
        return named(folder, files, variables, named);
      }
    }
    all.addAll(composeFiles);
    if (all.isEmpty()) {
      return nothing(
          folder,
          files,
          "holds no pipeline and no compose file (looked for: %s, %s)"
              .formatted(String.join(", ", PIPELINE_NAMES), String.join(", ", COMPOSE_NAMES)),
          "Name the file.");
    }
    String chosen = all.getFirst();
    List<String> passedOver = new ArrayList<>(all.subList(1, all.size()));
    List<String> meant = new ArrayList<>(List.of(chosen));
    if (composeFiles.contains(chosen)) {
      List<String> overrides = present(folder, OVERRIDE_NAMES, files);
      if (!overrides.isEmpty()) {
        meant.add(overrides.getFirst());
        passedOver.addAll(overrides.subList(1, overrides.size()));
      }
    }
    return new Choice(meant, passedOver, List.of(note(meant, passedOver, files)));
  }

  /** What is named so has no override beside it that would be read, as with {@code -f}. */
  private static Choice named(
      String folder, SourceFiles files, Variables variables, String composeFile) {
    String separator = variables.find("COMPOSE_PATH_SEPARATOR").orElse("");
    List<String> meant =
        Stream.of(composeFile.split(Pattern.quote(separator.isEmpty() ? ":" : separator)))
            .filter(name -> !name.isBlank())
            .map(name -> Paths.resolve(folder, name))
            .toList();
    Diagnostics diagnostics = new Diagnostics();
    for (String path : meant) {
      if (files.kind(path) != SourceFiles.Kind.FILE) {
        diagnostics.refuse(
            Category.MISSING_FILE,
            SourceLocation.of(files.display(path)),
            "",
            "there is no such file, and COMPOSE_FILE names it: " + composeFile,
            "Mend COMPOSE_FILE in the environment or in .env, or name the files with -f.");
      }
    }
    if (diagnostics.refused()) {
      return new Choice(List.of(), List.of(), diagnostics.sorted());
    }
    List<String> passedOver = new ArrayList<>(present(folder, COMPOSE_NAMES, files));
    passedOver.addAll(present(folder, OVERRIDE_NAMES, files));
    passedOver.removeAll(meant);
    diagnostics.note(
        Category.NO_EFFECT,
        SourceLocation.of(files.display(meant.getFirst())),
        "",
        "COMPOSE_FILE says what is read: "
            + String.join(", ", meant.stream().map(files::display).toList())
            + passedOver(passedOver, files),
        "");
    return new Choice(meant, passedOver, diagnostics.sorted());
  }

  private static String passedOver(List<String> passedOver, SourceFiles files) {
    return passedOver.isEmpty()
        ? ""
        : "; passed over: " + String.join(", ", passedOver.stream().map(files::display).toList());
  }

  private static List<String> present(String folder, List<String> names, SourceFiles files) {
    return names.stream()
        .map(name -> Paths.resolve(folder, name))
        .filter(path -> files.kind(path) == SourceFiles.Kind.FILE)
        .toList();
  }

  private static Diagnostic note(List<String> meant, List<String> passedOver, SourceFiles files) {
    StringBuilder message = new StringBuilder("this file is read");
    if (meant.size() > 1) {
      message.append(", with ").append(files.display(meant.get(1))).append(" merged over it");
    }
    message.append(passedOver(passedOver, files));
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.note(
        Category.NO_EFFECT,
        SourceLocation.of(files.display(meant.getFirst())),
        "",
        message.toString(),
        passedOver.isEmpty() ? "" : "Name the file to have another one.");
    return diagnostics.sorted().getFirst();
  }

  private static Choice nothing(String path, SourceFiles files, String message, String remedy) {
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.refuse(
        Category.MISSING_FILE, SourceLocation.of(files.display(path)), "", message, remedy);
    return new Choice(List.of(), List.of(), diagnostics.sorted());
  }
}
