package dev.audition.core.expression;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Variables from several sources, the strongest first, and where each came from.
 *
 * @param sources strongest first
 */
public record Variables(List<Source> sources) implements VariableLookup {
  public Variables {
    sources = List.copyOf(sources);
  }

  /**
   * One origin of variables.
   *
   * @param name as shown to the user: {@code --var}, {@code .env}, {@code environment}, {@code git}
   */
  public record Source(String name, SequencedMap<String, String> values) {
    public Source {
      values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** Make a source of a map, in the map's order. */
    public static Source of(String name, Map<String, String> values) {
      return new Source(name, new LinkedHashMap<>(values));
    }
  }

  /** A variable's value and the name of the source that has it. */
  public record Origin(String value, String source) {}

  /** Find a variable's value and source. */
  public Optional<Origin> origin(String name) {
    for (Source source : sources) {
      String value = source.values().get(name);
      if (value != null) {
        return Optional.of(new Origin(value, source.name()));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> find(String name) {
    return origin(name).map(Origin::value);
  }
}
