package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;

/**
 * What one reading may take before it is refused, so that a small file cannot ask for much: aliases
 * and ranges multiply.
 */
final class Budget {
  /** The most services of one composition, selected by profiles or not. */
  static final int SERVICES = 250;

  /** The most files that include, extends and env_file bring in. */
  static final int FILES = 250;

  /** How deep include and extends may lead. */
  static final int DEPTH = 32;

  private static final int PORTS = 20_000;
  private static final long CHARACTERS = 8L << 20;

  private int ports;
  private int files;
  private long characters;

  /** Take ports; false, with a refusal where they run out. */
  boolean ports(int wanted, Field field) {
    ports += wanted;
    if (ports > PORTS) {
      if (ports - wanted <= PORTS) {
        field.refuse(
            Category.SIZE,
            "the composition names more than %,d ports".formatted(PORTS),
            "Name only the ports that something connects to.");
      }
      ports = Math.min(ports, PORTS + 1);
      return false;
    }
    return true;
  }

  /** Take a file; false where they run out. */
  boolean file() {
    return ++files <= FILES;
  }

  /** Take characters that variables or env files bring in; false where they run out. */
  boolean characters(int wanted) {
    characters += wanted;
    return characters <= CHARACTERS;
  }
}
