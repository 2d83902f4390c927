package dev.audition.core.run.admission;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;

/** Lets the process die once, just before or just after one of the calls to its ports. */
final class Deaths {
  /** The process is killed here. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("killed", null, false, false);
    }
  }

  private final int point;
  private int passed;

  /**
   * Make one.
   *
   * @param point which point, counted from 1: every call has one before and one after; 0 for none
   */
  Deaths(int point) {
    this.point = point;
  }

  /** Return whether the point was reached. */
  boolean happened() {
    return point > 0 && passed >= point;
  }

  private void pass() {
    passed++;
    if (passed == point) {
      throw new Death();
    }
  }

  <T> T around(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              pass();
              Object result;
              try {
                result = method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
              pass();
              return result;
            }));
  }
}
