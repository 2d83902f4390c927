package dev.audition.handlers;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes something at its first use and keeps it: what an invocation does not need costs nothing.
 */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  Lazy(Supplier<T> maker) {
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
