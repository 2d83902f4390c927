package dev.audition.core.expression;

import java.util.Optional;

/** Finds the value of a variable; empty text and absence are different answers. */
@FunctionalInterface
public interface VariableLookup {
  /** Find a variable's value by name. */
  Optional<String> find(String name);
}
