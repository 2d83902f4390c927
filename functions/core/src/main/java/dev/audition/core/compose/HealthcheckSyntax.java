package dev.audition.core.compose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code healthcheck}. */
final class HealthcheckSyntax {
  private static final Set<String> KEYS =
      Set.of("test", "interval", "timeout", "retries", "start_period", "start_interval", "disable");
  private static final Set<String> FIRST_WORDS = Set.of("NONE", "CMD", "CMD-SHELL");

  private HealthcheckSyntax() {}

  /** Read; what is wrong is refused and left out. */
  static @Nullable Healthcheck read(Field field) {
    if (!field.isMapping()) {
      field.wrongType("a mapping with test, interval, timeout, retries");
      return null;
    }
    field.onlyKeys("key of a healthcheck", KEYS);
    List<String> test = test(field.find("test"));
    Field disable = field.find("disable");
    boolean none = !test.isEmpty() && test.getFirst().equals("NONE");
    boolean disabled = none || (disable != null && Boolean.TRUE.equals(disable.bool()));
    return new Healthcheck(
        disabled,
        disabled ? List.of() : test,
        duration(field, "interval"),
        duration(field, "timeout"),
        retries(field.find("retries")),
        duration(field, "start_period"),
        duration(field, "start_interval"));
  }

  private static List<String> test(@Nullable Field field) {
    if (field == null || field.isNull()) {
      return List.of();
    }
    if (!field.isSequence()) {
      String text = field.text("a command, or a list that begins with NONE, CMD or CMD-SHELL");
      return text == null || text.isBlank() ? List.of() : List.of("CMD-SHELL", text);
    }
    List<String> words = new ArrayList<>(field.texts());
    if (!words.isEmpty() && !FIRST_WORDS.contains(words.getFirst())) {
      field.invalid(
          "the compose specification has a healthcheck's test begin with NONE, CMD or CMD-SHELL,"
              + " not \"%s\"".formatted(words.getFirst()),
          "Put CMD in front, or write the test as one text.");
      return List.of();
    }
    if (words.size() == 1 && !words.getFirst().equals("NONE")) {
      field.invalid(
          "the healthcheck's test is %s, and nothing to run follows".formatted(words.getFirst()),
          "Put a command behind it, or write disable: true.");
      return List.of();
    }
    return words;
  }

  private static @Nullable Duration duration(Field field, String key) {
    Field found = field.find(key);
    return found == null || found.isNull() ? null : found.duration();
  }

  private static @Nullable Integer retries(@Nullable Field field) {
    Long retries = field == null || field.isNull() ? null : field.integer();
    if (field == null || retries == null) {
      return null;
    }
    if (retries < 0 || retries > 100_000) {
      field.wrongType("a number of retries");
      return null;
    }
    return retries.intValue();
  }
}
