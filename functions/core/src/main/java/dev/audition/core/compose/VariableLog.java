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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers every variable that a reading came across, and says what is wrong with each. */
final class VariableLog {
  /** The source of a variable that only the shell in the container will find. */
  private static final String CONTAINER = "container";

  private final Diagnostics diagnostics;
  private final Map<String, VariableUse> uses = new LinkedHashMap<>();
  private final Map<SourceLocation, List<String>> gaps = new HashMap<>();
  private final Set<String> warned = new HashSet<>();

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
    String required = done.required();
    for (Mention mention : done.mentions()) {
      note(mention, variables, where);
      if (unset(mention) && required == null && warned.add(mention.name())) {
        warnUnset(mention.name(), where, path);
      }
    }
    String error = done.error();
    if (error != null) {
      diagnostics.refuse(
          Category.INVALID,
          where,
          path,
          "not a valid interpolation by the compose specification: " + error,
          "");
    }
    if (required != null) {
      String names =
          String.join(
              " ",
              done.mentions().stream()
                  .filter(VariableLog::unset)
                  .map(mention -> "--var %s=VALUE".formatted(mention.name()))
                  .distinct()
                  .toList());
      diagnostics.refuse(
          Category.MISSING_VARIABLE,
          where,
          path,
          required,
          names.isEmpty() ? "Give it a value." : "Set it: %s.".formatted(names));
    }
  }

  private static boolean unset(Mention mention) {
    return !mention.resolved() && !mention.defaulted();
  }

  private void warnUnset(String name, SourceLocation where, String path) {
    diagnostics.warn(
        Category.MISSING_VARIABLE,
        where,
        path,
        "the variable %s is not set and empty text stands in its place".formatted(name),
        "Set it with --var %1$s=VALUE, or write a default: ${%1$s:-VALUE}.".formatted(name));
  }

  private void note(Mention mention, Variables variables, SourceLocation where) {
    String origin = variables.origin(mention.name()).map(Variables.Origin::source).orElse(null);
    String source =
        mention.defaulted() ? "default" : origin == null && mention.resolved() ? CONTAINER : origin;
    boolean gap = mention.value().isEmpty() && !mention.defaulted();
    VariableUse use = new VariableUse(mention.name(), mention.value(), source, where);
    VariableUse first = uses.putIfAbsent(mention.name(), use);
    if (gap) {
      gaps.computeIfAbsent(where, _ -> new ArrayList<>()).add(mention.name());
      if (first != null && !first.empty()) {
        // elsewhere a default helps; the place where nothing does is the one to show
        uses.put(mention.name(), use);
      }
    }
  }
}
