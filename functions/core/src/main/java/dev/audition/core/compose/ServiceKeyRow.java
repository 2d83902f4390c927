package dev.audition.core.compose;

import java.util.Locale;

/**
 * One key of a compose service: how it is read, merged and treated.
 *
 * @param forms what may be written
 * @param remark what is done with it, or why nothing is, and what to do instead
 */
record ServiceKeyRow(
    String name, String forms, MergeRule merge, Outcome outcome, String remark, Reader reader) {

  /** What becomes of a key. */
  enum Outcome {
    /** It means what the compose specification says. */
    KEPT,
    /** It is brought about in another way. */
    EMULATED,
    /** It has no effect, which may matter: a warning says so. */
    WARNED,
    /** It has no effect, which should not matter: a note says so. */
    IGNORED,
    /** The composition is refused, or is for some values. */
    REFUSED;

    /** Return the outcome as the documentation writes it. */
    String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads a key's value into the service. */
  @FunctionalInterface
  interface Reader {
    ServiceConfig read(Field field, ServiceConfig service, Reading reading);
  }
}
