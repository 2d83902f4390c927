package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code command} and {@code entrypoint}. */
final class CommandSyntax {
  private CommandSyntax() {}

  /** Read; null if there is none or it was refused. */
  static @Nullable Command read(Field field) {
    if (field.isSequence()) {
      return new Command(field.texts());
    }
    String text = field.text("a command as text or as a list of words");
    if (text == null) {
      return null;
    }
    List<String> words = ShellWords.split(text);
    if (words == null) {
      field.invalid(
          "the words of the %s cannot be told apart: a quote is never closed"
              .formatted(field.key()),
          "Close it, or write the words as a list.");
      return null;
    }
    ShellWords.forAShell(text)
        .ifPresent(
            found ->
                field.warn(
                    Category.NO_EFFECT,
                    "no shell is run, so \"%s\" is a word for the program".formatted(found),
                    "Write sh -c '...' around what a shell is to run."));
    return new Command(words);
  }
}
