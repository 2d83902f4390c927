package dev.audition.cli.render;

import dev.audition.core.run.Progress;

/** Says in a line how the pull of an image stands. */
final class PullText {
  private PullText() {}

  static String of(Progress.ImagePull pull) {
    String line =
        switch (pull.state()) {
          case PULLING -> "pulling " + pull.image() + " " + pull.status();
          case PULLED -> "pulled " + pull.image();
          case FAILED -> "not pulled " + pull.image() + ": " + pull.status();
        };
    return line.stripTrailing();
  }
}
