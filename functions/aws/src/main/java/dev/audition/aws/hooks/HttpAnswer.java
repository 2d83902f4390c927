package dev.audition.aws.hooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads as much of an answer as is needed to know what became of the request. */
final class HttpAnswer {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
  private static final int MOST_INTERIM = 5;
  private static final int SUCCESS = 200;
  private static final int REDIRECT = 300;
  private static final int LONGEST_WORDS = 80;

  private final InputStream in;
  private final int limit;
  private int read;

  /**
   * Make one.
   *
   * @param limit the most bytes that are read
   */
  HttpAnswer(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  PostOutcome read() throws IOException {
    for (int i = 0; i < MOST_INTERIM; i++) {
      String line = line();
      Matcher status = STATUS.matcher(line);
      if (!status.matches()) {
        return new PostOutcome.Failed(
            read > limit ? tooLong() : "the answer is not that of a web server");
      }
      String header;
      do {
        header = line();
      } while (!header.isEmpty());
      if (read > limit) {
        return new PostOutcome.Failed(tooLong());
      }
      int code = Integer.parseInt(status.group(1));
      if (code >= SUCCESS) {
        return new PostOutcome.Answered(code, code < REDIRECT ? "" : words());
      }
    }
    return new PostOutcome.Failed("the answer never came to its end");
  }

  private String tooLong() {
    return "the answer is longer than %d KiB".formatted(limit / 1024);
  }

  /** Read a line; empty at the end of the answer and beyond the limit. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (read <= limit) {
      int next = in.read();
      read++;
      if (next < 0 || next == '\n') {
        break;
      }
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** What a receiver says of its refusal often names the mistake; it is worth no waiting. */
  private String words() {
    try {
      return line()
          .codePoints()
          .filter(c -> c >= ' ' && c <= '~')
          .limit(LONGEST_WORDS)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString()
          .strip();
    } catch (IOException _) {
      return "";
    }
  }
}
