package dev.audition.aws.testkit;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another program's {@code main} in a process of its own, until the process that started this
 * one is gone: then its end of our standard input is closed, however it went.
 */
final class WhileParentLives {
  private WhileParentLives() {}

  /** Run the {@code main} of the class named first with the other arguments. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread.ofPlatform().daemon().start(WhileParentLives::endWithParent);
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes here; only the end matters.
      }
    } catch (IOException _) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(0);
  }
}
