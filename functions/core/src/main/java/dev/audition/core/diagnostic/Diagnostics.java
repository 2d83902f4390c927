package dev.audition.core.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects everything there is to say about one input, so that it can be said at once.
 *
 * <p>The same diagnostic is kept once. Not safe for several threads.
 */
public final class Diagnostics {
  private static final Comparator<Diagnostic> ORDER =
      Comparator.comparing(Diagnostic::severity)
          .thenComparing(
              Diagnostic::location, Comparator.nullsLast(Comparator.<SourceLocation>naturalOrder()))
          .thenComparing(Diagnostic::path)
          .thenComparing(Diagnostic::message);

  private final Set<Diagnostic> collected = new LinkedHashSet<>();

  /** Add one. */
  public void add(Diagnostic diagnostic) {
    collected.add(diagnostic);
  }

  /** Add each of them. */
  public void addAll(Iterable<Diagnostic> diagnostics) {
    diagnostics.forEach(collected::add);
  }

  /** Add a refusal. */
  public void refuse(
      Category category,
      @Nullable SourceLocation location,
      String path,
      String message,
      String remedy) {
    add(new Diagnostic(Severity.REFUSAL, category, location, path, message, remedy));
  }

  /** Add a warning. */
  public void warn(
      Category category,
      @Nullable SourceLocation location,
      String path,
      String message,
      String remedy) {
    add(new Diagnostic(Severity.WARNING, category, location, path, message, remedy));
  }

  /** Add a note. */
  public void note(
      Category category,
      @Nullable SourceLocation location,
      String path,
      String message,
      String remedy) {
    add(new Diagnostic(Severity.NOTE, category, location, path, message, remedy));
  }

  /** Return whether any of them refuses. */
  public boolean refused() {
    return collected.stream().anyMatch(Diagnostic::refuses);
  }

  /** Return all, refusals first, then by place. */
  public List<Diagnostic> sorted() {
    List<Diagnostic> sorted = new ArrayList<>(collected);
    sorted.sort(ORDER);
    return List.copyOf(sorted);
  }
}
