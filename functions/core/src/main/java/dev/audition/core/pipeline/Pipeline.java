package dev.audition.core.pipeline;

import dev.audition.core.expression.VariableUse;
import dev.audition.core.hook.Hooks;
import java.util.List;

/**
 * Ordered steps, read and checked.
 *
 * @param file the file it was read from, as shown to the user
 * @param variables every variable the input mentions, once each
 * @param hooks what is done when a step or the run has its verdict; steps by their number, from 1
 */
public record Pipeline(
    String file, Workspace workspace, List<Step> steps, List<VariableUse> variables, Hooks hooks) {
  public Pipeline {
    steps = List.copyOf(steps);
    variables = List.copyOf(variables);
  }

  /** Make one without hooks. */
  public Pipeline(String file, Workspace workspace, List<Step> steps, List<VariableUse> variables) {
    this(file, workspace, steps, variables, Hooks.NONE);
  }

  /** Return this with other hooks. */
  public Pipeline withHooks(Hooks others) {
    return new Pipeline(file, workspace, steps, variables, others);
  }
}
