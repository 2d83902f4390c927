package dev.audition.cli;

import dev.audition.aws.CloudException;
import dev.audition.aws.dynamo.ListedGrants;
import dev.audition.core.compose.EnvFile;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.diagnostic.Suggestions;
import dev.audition.core.expression.VariableUse;
import dev.audition.core.expression.Variables;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.request.RunRequest;
import dev.audition.core.source.RecordedFiles;
import dev.audition.core.source.SourceFiles.Content;
import dev.audition.core.task.SecretReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The variables that the project's secrets give in a deployment, as {@code --secret} names them.
 * Nothing that this machine has for them is used or sent.
 */
record ProjectSecrets(SequencedSet<String> names) {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
  private static final String ENVIRONMENT_FILE = "(?i)(.*\\.)?env(\\..*)?";

  ProjectSecrets {
    names = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(names));
  }

  /**
   * Read what was given.
   *
   * @throws UsageException naming each that is not the name of a variable
   */
  static ProjectSecrets of(List<String> given) {
    List<String> wrong = given.stream().filter(name -> !name.matches(NAME)).toList();
    if (!wrong.isEmpty()) {
      throw new UsageException(
          "--secret: \"%s\" is not the name of a variable (expected: letters, digits and _, such as"
                  .formatted(
                      String.join("\", \"", wrong.stream().map(ProjectSecrets::name).toList()))
              + " DB_PASSWORD); a value is never given here");
    }
    return new ProjectSecrets(new LinkedHashSet<>(given));
  }

  /** Somebody may have written a value behind the name. */
  private static String name(String given) {
    return given.replaceFirst("=.*", "=...");
  }

  /** Return the options that say this. */
  String words() {
    return names.stream().map(" --secret "::concat).collect(Collectors.joining());
  }

  /**
   * Return variables as the deployment will have them: these stand for secrets, whatever was known.
   *
   * @throws UsageException if one was given a value for this run as well
   */
  Variables in(Variables known) {
    if (names.isEmpty()) {
      return known;
    }
    List<Variables.Source> sources = new ArrayList<>();
    sources.add(new Variables.Source(RunRequest.SECRETS, references()));
    for (Variables.Source source : known.sources()) {
      SequencedMap<String, String> others = new LinkedHashMap<>(source.values());
      names.forEach(
          name -> {
            if (others.remove(name) != null && source.name().equals("--var")) {
              throw new UsageException(
                  "--secret %1$s and --var %1$s: a value that is given for a run stands in place of"
                          .formatted(name)
                      + " the project's secret; leave one of them out");
            }
          });
      sources.add(new Variables.Source(source.name(), others));
    }
    return new Variables(sources);
  }

  private SequencedMap<String, String> references() {
    SequencedMap<String, String> references = new LinkedHashMap<>();
    names.forEach(name -> references.put(name, new SecretReference(name).text()));
    return references;
  }

  /**
   * Make sure that a project lists these: a run without them would begin with empty texts.
   *
   * @param words the options that mean the deployment
   * @throws UsageException if it does not
   */
  void mustBeListed(Deployment deployment, String project, String words) {
    if (names.isEmpty()) {
      return;
    }
    Optional<ListedGrants> listed;
    try {
      listed = deployment.grants().find(project);
    } catch (CloudException e) {
      if (CloudWords.denied(e)) {
        return; // who may not look may still ask
      }
      throw e;
    }
    Set<String> known = listed.map(one -> one.grants().secrets().keySet()).orElse(Set.of());
    List<String> missing = names.stream().filter(name -> !known.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new UsageException(
          "nothing was sent: %s grants its runs no secret %s there (%s). To list it:%n  %s"
              .formatted(
                  project,
                  String.join(", ", missing),
                  known.isEmpty() ? "it has none" : "there are: " + String.join(", ", known),
                  "audition grants %s %s --set-secret %s=ARN"
                      .formatted(project, words, String.join("=ARN --set-secret ", missing))));
    }
  }

  /** Warn of names that nothing mentions. */
  void unused(Pipeline pipeline, Diagnostics diagnostics) {
    List<String> mentioned =
        Stream.concat(
                pipeline.variables().stream().map(VariableUse::name),
                pipeline.hooks().sends().stream().flatMap(hook -> hook.target().secrets().stream()))
            .distinct()
            .toList();
    names.stream()
        .filter(name -> !mentioned.contains(name))
        .forEach(
            name ->
                warn(
                    diagnostics,
                    "--secret %s: the file mentions no variable of that name".formatted(name),
                    Suggestions.nearest(name, mentioned)
                        .map("Did you mean %s?"::formatted)
                        .orElse("Leave it out.")));
  }

  /** Warn of files that are sent and have a value for one. */
  void inFiles(RecordedFiles files, Diagnostics diagnostics) {
    for (Map.Entry<String, Content> file : files.read().entrySet()) {
      Path path = Path.of(file.getKey());
      if (file.getValue() instanceof Content.Text(String text)
          && path.getFileName() != null
          && path.getFileName().toString().matches(ENVIRONMENT_FILE)) {
        String shown = files.display(file.getKey());
        Map<String, String> values = EnvFile.read(text, shown, new Diagnostics());
        names.stream()
            .filter(name -> !values.getOrDefault(name, "").isEmpty())
            .forEach(
                name ->
                    warn(
                        diagnostics,
                        "%s has a value for %s, and the file is sent: it is kept with the run"
                            .formatted(shown, name),
                        "Keep the value in the environment or in a file for --var-file."));
      }
    }
  }

  private static void warn(Diagnostics diagnostics, String message, String remedy) {
    diagnostics.add(
        new Diagnostic(Severity.WARNING, Category.NO_EFFECT, null, "", message, remedy));
  }
}
