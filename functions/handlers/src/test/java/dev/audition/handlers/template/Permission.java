package dev.audition.handlers.template;

import java.util.Comparator;

/**
 * One thing that a role is allowed.
 *
 * @param action such as {@code ecs:RunTask}
 * @param resource as the template writes it
 * @param condition as the template writes it; empty for none
 * @param when the condition of the template under which it is allowed at all; empty for always
 */
record Permission(String action, String resource, String condition, String when)
    implements Comparable<Permission> {
  private static final Comparator<Permission> ORDER =
      Comparator.comparing(Permission::action)
          .thenComparing(Permission::resource)
          .thenComparing(Permission::condition)
          .thenComparing(Permission::when);

  @Override
  public int compareTo(Permission other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return action
        + " on "
        + resource
        + (condition.isEmpty() ? "" : " if " + condition)
        + (when.isEmpty() ? "" : " when " + when);
  }
}
