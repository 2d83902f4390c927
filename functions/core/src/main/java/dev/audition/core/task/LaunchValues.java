package dev.audition.core.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What one launch adds to a task definition: variables whose values differ from run to run, by the
 * name of the container in the definition. They never go into state, logs or events.
 *
 * @param files for the container's environment file
 * @param overrides for the launch's override of the container: what a file cannot carry
 */
public record LaunchValues(
    SequencedMap<String, SequencedMap<String, String>> files,
    SequencedMap<String, SequencedMap<String, String>> overrides) {
  /** No values. */
  public static final LaunchValues NONE =
      new LaunchValues(new LinkedHashMap<>(), new LinkedHashMap<>());

  public LaunchValues {
    files = copy(files);
    overrides = copy(overrides);
  }

  private static SequencedMap<String, SequencedMap<String, String>> copy(
      SequencedMap<String, SequencedMap<String, String>> values) {
    SequencedMap<String, SequencedMap<String, String>> copy = new LinkedHashMap<>();
    values.forEach(
        (container, variables) ->
            copy.put(
                container, Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables))));
    return Collections.unmodifiableSequencedMap(copy);
  }

  /** Return the variables of a container's environment file, in their order. */
  public SequencedMap<String, String> file(String container) {
    return files.getOrDefault(container, new LinkedHashMap<>());
  }

  /** Return these with more variables in a container's environment file. */
  public LaunchValues withFile(String container, Map<String, String> variables) {
    if (variables.isEmpty()) {
      return this;
    }
    SequencedMap<String, SequencedMap<String, String>> more = new LinkedHashMap<>(files);
    SequencedMap<String, String> joined = new LinkedHashMap<>(file(container));
    joined.putAll(variables);
    more.put(container, joined);
    return new LaunchValues(more, overrides);
  }

  @Override
  public String toString() {
    return "LaunchValues[files=" + names(files) + ", overrides=" + names(overrides) + "]";
  }

  private static String names(Map<String, ? extends Map<String, String>> values) {
    Map<String, Object> names = new LinkedHashMap<>();
    values.forEach((container, variables) -> names.put(container, variables.keySet()));
    return names.toString();
  }
}
