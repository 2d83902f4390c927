package dev.audition.core.pipeline;

import dev.audition.core.compose.ComposeResult;
import dev.audition.core.compose.Composition;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.expression.VariableUse;
import java.util.regex.Pattern;

/** Takes over what reading a composition of a step found. */
final class ComposeFindings {
  private final Reading reading;

  ComposeFindings(Reading reading) {
    this.reading = reading;
  }

  /**
   * Tell everything, in the pipeline's words.
   *
   * @param key the key of the step that holds the composition; empty for the step itself
   * @param inFile whether the composition is a file of its own
   */
  void tell(ComposeResult result, StepNode step, String key, boolean inFile) {
    result.variables().forEach(reading::use);
    noteMissing(result);
    for (Diagnostic diagnostic : result.diagnostics()) {
      boolean here =
          !inFile
              || diagnostic.location() == null
              || diagnostic.location().file().equals(step.location().file());
      String path = diagnostic.path();
      if (here) {
        String holder = path.startsWith("composition_candidates") ? "" : key;
        path = step.path(holder) + (path.isEmpty() ? "" : "." + path);
      }
      String remedy =
          diagnostic.category() == Category.MISSING_VARIABLE
                  && diagnostic.remedy().contains("--var")
              ? diagnostic.remedy() + " For every run: NAME=VALUE in composition_variables."
              : diagnostic.remedy();
      reading
          .diagnostics()
          .add(
              new Diagnostic(
                  diagnostic.severity(),
                  diagnostic.category(),
                  diagnostic.location(),
                  path,
                  diagnostic.message(),
                  remedy));
    }
  }

  /** Remember the variables that the reader cannot do without, for the line to paste. */
  void noteMissing(ComposeResult result) {
    for (Diagnostic diagnostic : result.diagnostics()) {
      boolean stops = diagnostic.refuses() || diagnostic.severity() == Severity.NEEDED;
      if (!stops || diagnostic.category() != Category.MISSING_VARIABLE) {
        continue;
      }
      for (VariableUse use : result.variables()) {
        Pattern name = Pattern.compile("\\b" + Pattern.quote(use.name()) + "\\b");
        if (use.empty() && name.matcher(diagnostic.message()).find()) {
          reading.missingVariable(use.name());
        }
      }
    }
  }

  /** Return a step's options with the composition's own timeout where the step has none. */
  static StepOptions timed(StepOptions options, Composition composition) {
    return options.timeout() != null || composition.settings().timeout() == null
        ? options
        : new StepOptions(
            composition.settings().timeout(),
            options.failFast(),
            options.strictFailFast(),
            options.skippedBy());
  }
}
