package dev.audition.core.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * {@code when.branch}: names or {@code /expressions/} of which one must match, and of which none
 * may.
 *
 * <p>Where both are given both must hold. Where no branch is known, {@code only} does not hold and
 * {@code ignore} does.
 *
 * @param only null if not given; an empty list matches no branch
 * @param ignore null if not given
 */
record BranchRule(@Nullable List<Entry> only, @Nullable List<Entry> ignore) {
  /** The longest expression: longer ones are refused, so that none can exhaust the stack. */
  static final int MAXIMUM_EXPRESSION = 500;

  /** How many characters an expression may look at before it counts as not matching. */
  private static final int MAXIMUM_LOOKS = 1_000_000;

  /**
   * A name, or an expression that is searched for, not anchored.
   *
   * @param pattern null for a name
   */
  record Entry(String text, @Nullable Pattern pattern) {
    /** Return whether a branch is meant. */
    boolean matches(String branch) {
      if (pattern == null) {
        return text.equals(branch);
      }
      try {
        return pattern.matcher(new Budget(branch)).find();
      } catch (BudgetSpentException spent) {
        return false;
      }
    }
  }

  /** Read an entry; empty if it is an expression that cannot be read. */
  static Optional<Entry> entry(String text) {
    int end = text.lastIndexOf('/');
    if (!text.startsWith("/") || end == 0) {
      return Optional.of(new Entry(text, null));
    }
    String flags = text.substring(end + 1);
    if (!flags.chars().allMatch(flag -> flag == 'i') || end > MAXIMUM_EXPRESSION) {
      return Optional.empty();
    }
    try {
      int options = flags.isEmpty() ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
      return Optional.of(new Entry(text, Pattern.compile(text.substring(1, end), options)));
    } catch (PatternSyntaxException notOne) {
      return Optional.empty();
    }
  }

  /** Say why a branch keeps the step from running; null if it does not. */
  @Nullable String objection(@Nullable String branch) {
    String standing = branch == null ? "no branch is known" : "the branch is " + branch;
    if (only != null
        && (branch == null || only.stream().noneMatch(entry -> entry.matches(branch)))) {
      return "when.branch.only allows %s; %s".formatted(names(only), standing);
    }
    if (ignore != null
        && branch != null
        && ignore.stream().anyMatch(entry -> entry.matches(branch))) {
      return "when.branch.ignore leaves out %s; %s".formatted(names(ignore), standing);
    }
    return null;
  }

  private static String names(List<Entry> entries) {
    return entries.isEmpty()
        ? "nothing"
        : String.join(", ", entries.stream().map(Entry::text).toList());
  }

  /** Text that can be looked at a bounded number of times, which bounds any search in it. */
  private static final class Budget implements CharSequence {
    private final CharSequence text;
    private int looks;

    Budget(CharSequence text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      if (looks > MAXIMUM_LOOKS) {
        throw new BudgetSpentException();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  /** An expression that would search for too long. */
  private static final class BudgetSpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
