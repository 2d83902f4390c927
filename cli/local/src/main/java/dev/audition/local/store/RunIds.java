package dev.audition.local.store;

import dev.audition.core.run.RunId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Names for runs that sort by time and say what was run: {@code 20261120-1142-quickstart-x7k2}. */
public final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmm", Locale.ROOT);

  /** Without letters and digits that look alike. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int LONGEST_NAME = 20;
  private static final int SUFFIX = 4;

  private RunIds() {}

  /**
   * Make an id.
   *
   * @param name what is run; what an id cannot hold becomes {@code -}
   * @param now the time the user reads on their clock
   */
  public static RunId of(String name, ZonedDateTime now, RandomGenerator random) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    if (plain.length() > LONGEST_NAME) {
      plain = plain.substring(0, LONGEST_NAME).replaceAll("-+$", "");
    }
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX; i++) {
      suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new RunId(TIME.format(now) + "-" + (plain.isEmpty() ? "run" : plain) + "-" + suffix);
  }
}
