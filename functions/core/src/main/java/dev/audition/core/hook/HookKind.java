package dev.audition.core.hook;

import dev.audition.core.verdict.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** When a hook is for; in the order in which those of one verdict come. */
public enum HookKind {
  /** After a pass. */
  ON_SUCCESS("on_success"),
  /** After any other end but a cancel. */
  ON_FAIL("on_fail"),
  /** After every end, when the other two are on their way. */
  ON_FINISH("on_finish");

  private final String word;

  HookKind(String word) {
    this.word = word;
  }

  /** Return the key in a file. */
  public String word() {
    return word;
  }

  /** Find a kind by its key. */
  public static Optional<HookKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** Return the kinds that a verdict sets off, in order. */
  public static List<HookKind> firing(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> List.of(ON_SUCCESS, ON_FINISH);
      case FAILED, ERRORED, TIMED_OUT, REFUSED -> List.of(ON_FAIL, ON_FINISH);
      case CANCELLED -> List.of(ON_FINISH);
      case SKIPPED -> List.of();
    };
  }
}
