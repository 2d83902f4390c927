package dev.audition.cli;

import dev.audition.cli.render.Style;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where the command writes.
 *
 * @param out for what was asked for: a plan, a list, a JSON document
 * @param err for progress, warnings and errors
 * @param interactive whether a person watches {@code err}
 * @param environment the caller's environment
 */
public record Terminal(
    PrintStream out, PrintStream err, boolean interactive, Map<String, String> environment) {
  private static final int USUAL_WIDTH = 100;

  public Terminal {
    environment = Map.copyOf(environment);
  }

  /** Return the terminal of this process. */
  public static Terminal ofProcess() {
    Map<String, String> environment = System.getenv();
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return new Terminal(
        utf8(FileDescriptor.out), utf8(FileDescriptor.err), watched() && !dumb, environment);
  }

  /** Return whether a person sits before this process. */
  static boolean watched() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** Documents are UTF-8 wherever they are read; a locale of letters only must not spoil them. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
  }

  /** Return the style for text: colours only where a person watches and nobody forbids them. */
  public Style style(boolean noColor) {
    boolean forbidden = noColor || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Style(interactive && !forbidden);
  }

  /** Return the width in columns, from COLUMNS or the terminal itself. */
  public int width() {
    String columns = environment.getOrDefault("COLUMNS", "");
    if (columns.matches("[0-9]{2,4}")) {
      return Integer.parseInt(columns);
    }
    return interactive ? measured() : USUAL_WIDTH;
  }

  private static int measured() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(200, TimeUnit.MILLISECONDS) && process.exitValue() == 0) {
        String size =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        int width = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
        return width < 20 ? USUAL_WIDTH : width;
      }
      process.destroyForcibly();
    } catch (IOException | NumberFormatException e) {
      return USUAL_WIDTH; // no stty, or it spoke of something else: the usual width will do
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return USUAL_WIDTH;
  }
}
