package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.Interpolated;
import dev.audition.core.expression.Mention;
import dev.audition.core.expression.VariableUse;
import dev.audition.core.expression.Variables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers every variable that a reading came across, and says what is wrong with each. */
final class VariableLog {
  private final Diagnostics diagnostics;
  private final Map<String, VariableUse> uses = new LinkedHashMap<>();
  private final Map<SourceLocation, List<String>> gaps = new HashMap<>();

  VariableLog(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Note a variable that is passed on by its name alone. */
  void passedOn(String name, Variables.@Nullable Origin origin, SourceLocation where) {
    uses.putIfAbsent(
        name,
        origin == null
            ? new VariableUse(name, "", null, where)
            : new VariableUse(name, origin.value(), origin.source(), where));
  }

  /** Return each variable once, in the order of first mention. */
  List<VariableUse> uses() {
    return List.copyOf(uses.values());
  }

  /** Return the variables of the text at a place that are empty or unset and have no default. */
  List<String> gapsAt(SourceLocation location) {
    return gaps.getOrDefault(location, List.of());
  }

  /** Note what an interpolation came across; refuse or warn where it went wrong. */
  void note(Interpolated done, Variables variables, SourceLocation where, String path) {
    for (Mention mention : done.mentions()) {
      note(mention, variables, where, path);
    }
    String error = done.error();
    if (error != null) {
      diagnostics.refuse(
          Category.INVALID,
          where,
          path,
          "not a valid interpolation by the compose specification: " + error,
          "Write $$ for a dollar sign that is meant as one.");
    }
    String required = done.required();
    if (required != null) {
      diagnostics.refuse(
          Category.MISSING_VARIABLE, where, path, required, "Set it with --var NAME=VALUE.");
    }
  }

  private void note(Mention mention, Variables variables, SourceLocation where, String path) {
    String source =
        mention.defaulted()
            ? "default"
            : variables.origin(mention.name()).map(Variables.Origin::source).orElse(null);
    VariableUse use = new VariableUse(mention.name(), mention.value(), source, where);
    boolean first = uses.putIfAbsent(mention.name(), use) == null;
    if (mention.value().isEmpty() && !mention.defaulted()) {
      gaps.computeIfAbsent(where, _ -> new ArrayList<>()).add(mention.name());
    }
    if (first && !mention.resolved() && !mention.defaulted()) {
      diagnostics.warn(
          Category.MISSING_VARIABLE,
          where,
          path,
          "the variable %s is not set and empty text stands in its place".formatted(mention.name()),
          "Set it with --var %1$s=VALUE, or write a default: ${%1$s:-VALUE}."
              .formatted(mention.name()));
    }
  }
}
