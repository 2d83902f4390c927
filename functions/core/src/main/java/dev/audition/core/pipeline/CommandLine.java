package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes the command line that gives what a reading missed. */
final class CommandLine {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private CommandLine() {}

  /** Return one refusal that names everything missing, its remedy the line to paste. */
  static Optional<Diagnostic> everythingMissing(Reading reading) {
    List<String> images = reading.missingImages();
    List<String> variables = reading.missingVariables();
    if (images.isEmpty() && variables.isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    if (!images.isEmpty()) {
      parts.add("images: " + String.join(", ", images));
    }
    if (!variables.isEmpty()) {
      parts.add("variables: " + String.join(", ", variables));
    }
    String given =
        reading.request().variables().sources().stream()
                .anyMatch(source -> source.name().startsWith("--var") && !source.values().isEmpty())
            ? " (beside the --var you gave)"
            : "";
    return Optional.of(
        new Diagnostic(
            severity(reading),
            Category.MISSING_VARIABLE,
            null,
            "",
            "not everything that is needed has a value (%s)".formatted(String.join("; ", parts)),
            "Fill in and run%s: %s".formatted(given, line(reading, images, variables))));
  }

  /** What a plan can do without is no reason to refuse it. */
  private static Severity severity(Reading reading) {
    return reading.diagnostics().sorted().stream()
            .filter(diagnostic -> diagnostic.category() == Category.MISSING_VARIABLE)
            .anyMatch(Diagnostic::refuses)
        ? Severity.REFUSAL
        : Severity.NEEDED;
  }

  private static String line(Reading reading, List<String> images, List<String> variables) {
    ProjectRequest request = reading.request();
    List<String> words = new ArrayList<>(List.of("audition", request.planOnly() ? "plan" : "run"));
    List<String> files = request.files().stream().map(reading.files()::display).toList();
    if (files.size() == 1) {
      words.add(quoted(files.getFirst()));
    } else {
      files.forEach(file -> words.addAll(List.of("-f", quoted(file))));
    }
    if (request.step() != null) {
      words.addAll(List.of("--step", quoted(request.step())));
    }
    if (request.skipUnsupported()) {
      words.add("--skip-unsupported");
    }
    request.candidates().forEach(name -> words.addAll(List.of("--candidate", quoted(name))));
    request.profiles().forEach(name -> words.addAll(List.of("--profile", quoted(name))));
    for (Map.Entry<String, String> image : request.images().entrySet()) {
      words.addAll(List.of("--image", quoted(image.getKey() + "=" + image.getValue())));
    }
    images.forEach(name -> words.addAll(List.of("--image", quoted(name + "=REF"))));
    variables.forEach(name -> words.addAll(List.of("--var", quoted(name + "=VALUE"))));
    return String.join(" ", words);
  }

  /** Return a word as a POSIX shell takes it whole. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
