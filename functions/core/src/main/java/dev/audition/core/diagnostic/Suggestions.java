package dev.audition.core.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Suggestions {
  /** Names longer than this are not compared. */
  private static final int MAXIMUM_LENGTH = 100;

  private Suggestions() {}

  /**
   * Find the known name nearest to a mistyped one: a few letters wrong, missing, too many or
   * swapped. Case, {@code -} and {@code _} do not count. Of equally near ones the first is taken.
   */
  public static Optional<String> nearest(String name, Collection<String> known) {
    String wanted = folded(name);
    String best = "";
    int bestDistance = allowed(wanted) + 1;
    for (String candidate : known) {
      int distance = distance(wanted, folded(candidate), bestDistance);
      if (distance < bestDistance && !candidate.equals(name)) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** The most edits that still make it the same word: one in short names, three in long ones. */
  private static int allowed(String name) {
    return name.length() < 3 ? 0 : name.length() < 5 ? 1 : name.length() < 12 ? 2 : 3;
  }

  /**
   * Count insertions, deletions, changes and swaps of neighbours; at least {@code limit} is far.
   */
  private static int distance(String from, String to, int limit) {
    if (from.equals(to)) {
      return 0;
    }
    if (Math.abs(from.length() - to.length()) >= limit || to.length() > MAXIMUM_LENGTH) {
      return limit;
    }
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (swapped(from, i, to, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }

  private static boolean swapped(String from, int i, String to, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
