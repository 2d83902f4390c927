package dev.audition.core.compose;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads names, labels and other texts with a form of their own. */
final class NameSyntax {
  private static final Pattern CONTAINER_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final Pattern PULL_POLICY =
      Pattern.compile(
          "always|never|build|if_not_present|missing|refresh|daily|weekly|every_(\\d+[wdhms])+");

  private NameSyntax() {}

  /** Read {@code container_name}. */
  static @Nullable String containerName(Field field) {
    String name = field.text();
    if (name != null && !CONTAINER_NAME.matcher(name).matches()) {
      field.invalid(
          "\"%s\" is not a container_name (expected: two or more letters, digits, _, . or -)"
              .formatted(name),
          "");
      return null;
    }
    return name;
  }

  /** Read {@code labels}. */
  static SequencedMap<String, String> labels(Field field) {
    SequencedMap<String, String> labels = new LinkedHashMap<>();
    field
        .keyed()
        .forEach(
            (name, value) -> {
              String text = value.isNull() ? "" : value.printed("text, a number, true or false");
              if (text != null) {
                labels.put(name, text);
              }
            });
    return labels;
  }

  /** Read {@code pull_policy}. */
  static @Nullable String pullPolicy(Field field) {
    String policy = field.text();
    if (policy != null && !PULL_POLICY.matcher(policy).matches()) {
      field.wrongType("always, never, build, missing, daily, weekly or every_DURATION");
      return null;
    }
    return policy;
  }
}
