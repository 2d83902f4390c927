package dev.audition.core.request;

import java.util.regex.Pattern;

/**
 * What a text of a request may be.
 *
 * @param expected for the message: what it should be
 * @param secret whether the message must not repeat the text
 */
record TextRule(Pattern pattern, int longest, String expected, boolean secret) {
  static final TextRule RUN_ID =
      shown("[a-z0-9][a-z0-9-]*", 40, "lower-case letters, digits and -, at most 40");

  /** It is a message's group as well, which may be 128 long. */
  static final TextRule PROJECT =
      shown("[A-Za-z0-9][A-Za-z0-9._/-]*", 128, "letters, digits, ., _, - and /, at most 128");

  static final TextRule REPOSITORY =
      shown("[A-Za-z0-9_][A-Za-z0-9._-]*", 100, "the repository's name, at most 100 characters");

  static final TextRule PATH =
      shown(
          "\\.|(?!/)(?!(?:.*/)?\\.{1,2}(?:/|$))(?!.*//)[^\\p{Cntrl}\\\\]*[^\\p{Cntrl}\\\\/]",
          1024,
          "a path inside of the source, / between names, at most 1024 characters");

  static final TextRule NAME =
      shown("[^\\p{Cntrl}]+", 255, "a name on one line, at most 255 characters");

  static final TextRule IMAGE =
      shown("[^\\p{Cntrl}\\s]+", 512, "an image reference, at most 512 characters");

  static final TextRule WORDS =
      shown("[^\\p{Cntrl}]*", 256, "a text on one line, at most 256 characters");

  /** A process's environment cannot hold NUL. */
  static final TextRule VALUE =
      new TextRule(
          Pattern.compile("[^\\x00]*"),
          32 * 1024,
          "a text of at most 32768 characters, without NUL",
          true);

  /** Return the rule of a key below a folder. */
  static TextRule key(String folder, String ending) {
    return shown(
        Pattern.quote(folder) + "(?!.*\\.\\.)[A-Za-z0-9._/-]+" + Pattern.quote(ending),
        512,
        "a key such as %ssource%s".formatted(folder, ending));
  }

  /** One text and no other. */
  static TextRule exactly(String text) {
    return shown(Pattern.quote(text), text.length(), text);
  }

  private static TextRule shown(String pattern, int longest, String expected) {
    return new TextRule(Pattern.compile(pattern), longest, expected, false);
  }

  boolean allows(String text) {
    return text.length() <= longest && pattern.matcher(text).matches();
  }

  /** Say what a text that is not allowed is, as far as it may be shown. */
  String shown(String text) {
    if (secret) {
      return "its value";
    }
    return "\"%s\"".formatted(text.length() > 100 ? text.substring(0, 100) + "..." : text);
  }
}
