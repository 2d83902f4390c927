package dev.audition.core.compose;

import java.util.List;

/**
 * A command or an entry point as a list of words.
 *
 * <p>Text is split the way a POSIX shell splits words; nothing is expanded, no shell is run. An
 * empty list clears the image's own.
 */
public record Command(List<String> words) {
  public Command {
    words = List.copyOf(words);
  }
}
