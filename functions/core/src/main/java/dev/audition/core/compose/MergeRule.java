package dev.audition.core.compose;

/** How the value of a key in a later file, or in an extending service, meets an earlier one. */
enum MergeRule {
  REPLACE("the later one"),
  /** Mappings key by key, lists one after the other, of two scalars the later one. */
  DEEP("key by key; lists one after the other"),
  /** A list of NAME=VALUE counts as a mapping. */
  KEYED("by name, the later value wins"),
  /** A single text counts as a list of one. */
  UNIQUE("one after the other, each once"),
  BY_TARGET("by target, the later one wins"),
  PORTS("one after the other, each once whatever its form"),
  /** A list of names counts as a mapping of names to nothing. */
  NAMES("by name, then key by key"),
  /** A text counts as a mapping with context. */
  BUILD("key by key; args by name");

  private final String words;

  MergeRule(String words) {
    this.words = words;
  }

  /** Return the rule in words for the documentation. */
  String words() {
    return words;
  }
}
