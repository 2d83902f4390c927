package dev.audition.core.compose;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.expression.VariableUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of reading compose files.
 *
 * @param composition null if the sources could not be read as compose files at all; there may be
 *     refusals beside a composition, which may then be shown and not run
 * @param variables every variable the sources and their env files mention, once each, in the order
 *     of first mention
 * @param diagnostics all there is to say, refusals first
 */
public record ComposeResult(
    @Nullable Composition composition, List<VariableUse> variables, List<Diagnostic> diagnostics) {
  public ComposeResult {
    variables = List.copyOf(variables);
    diagnostics = List.copyOf(diagnostics);
  }

  /** Return whether anything refuses the input. */
  public boolean refused() {
    return composition == null || diagnostics.stream().anyMatch(Diagnostic::refuses);
  }
}
