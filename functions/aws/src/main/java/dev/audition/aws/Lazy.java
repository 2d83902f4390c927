package dev.audition.aws;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes something at its first use and keeps it: what an invocation does not need costs nothing. A
 * client of the SDK takes a tenth of a second and more to make in a function that just started.
 */
public final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  /** Make one of what this makes; it is not made yet. */
  public Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    T known = made;
    if (known == null) {
      known = maker.get();
      made = known;
    }
    return known;
  }
}
