package dev.audition.core.pipeline;

import dev.audition.core.expression.VariableUse;
import java.util.List;

/**
 * Ordered steps, read and checked.
 *
 * @param file the file it was read from, as shown to the user
 * @param variables every variable the input mentions, once each
 */
public record Pipeline(
    String file, Workspace workspace, List<Step> steps, List<VariableUse> variables) {
  public Pipeline {
    steps = List.copyOf(steps);
    variables = List.copyOf(variables);
  }
}
