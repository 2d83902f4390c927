package dev.audition.cli;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Remedies of a reading as they hold for {@code submit}: the line to paste is this command's, and
 * what a container's variable lacks may be a secret of the project.
 *
 * @param words the options that the line to paste has
 */
record SubmitRemedies(String words) {
  private static final Pattern VALUE = Pattern.compile("--var ([A-Za-z_][A-Za-z0-9_]*)=VALUE");

  /** Return these with remedies of this command. */
  List<Diagnostic> of(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(
            diagnostic ->
                new Diagnostic(
                    diagnostic.severity(),
                    diagnostic.category(),
                    diagnostic.location(),
                    diagnostic.path(),
                    diagnostic.message(),
                    remedy(diagnostic)))
        .toList();
  }

  private String remedy(Diagnostic diagnostic) {
    String remedy =
        diagnostic.remedy().replace(": audition run ", ": audition submit " + words + " ");
    return diagnostic.category() == Category.MISSING_VARIABLE
            && diagnostic.path().contains(".environment")
        ? VALUE.matcher(remedy).replaceAll("$0 (or --secret $1)")
        : remedy;
  }
}
