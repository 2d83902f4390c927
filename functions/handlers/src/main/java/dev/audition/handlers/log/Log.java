package dev.audition.handlers.log;

import dev.audition.core.run.RunId;
import dev.audition.core.run.TaskKey;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes log lines, each one JSON object on one line: time, level, message, then what it is about.
 */
public final class Log {
  /** A line beyond this is cut in two by CloudWatch, and then no JSON any more. */
  private static final int LONGEST_TEXT = 64 * 1024;

  /** How much a line matters. */
  public enum Level {
    INFO,
    WARN,
    ERROR
  }

  private final PrintStream out;
  private final InstantSource clock;
  private final SequencedMap<String, String> fields;

  private Log(PrintStream out, InstantSource clock, SequencedMap<String, String> fields) {
    this.out = out;
    this.clock = clock;
    this.fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
  }

  /** Write to a stream. */
  public static Log to(PrintStream out, InstantSource clock) {
    return new Log(out, clock, new LinkedHashMap<>());
  }

  /** Return one whose lines have another field. */
  public Log with(String name, String value) {
    SequencedMap<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Log(out, clock, more);
  }

  /** Return one whose lines are about a run. */
  public Log of(RunId run) {
    return with("run", run.value());
  }

  /** Return one whose lines are about an attempt at a task. */
  public Log of(TaskKey key) {
    return of(key.run())
        .with("step", Integer.toString(key.step()))
        .with("task", Integer.toString(key.task()))
        .with("attempt", Integer.toString(key.attempt()));
  }

  /** Say what happened. */
  public void info(String message) {
    write(Level.INFO, message, null);
  }

  /** Say what somebody should know. */
  public void warn(String message) {
    write(Level.WARN, message, null);
  }

  /** Say what went wrong, with where. */
  public void error(String message, @Nullable Throwable cause) {
    write(Level.ERROR, message, cause);
  }

  /** Write one line. */
  public void write(Level level, String message, @Nullable Throwable cause) {
    MappingBuilder line =
        Tree.mapping()
            .putText("time", clock.instant().toString())
            .putText("level", level.name())
            .putText("message", shortened(message));
    fields.forEach(line::putText);
    if (cause != null) {
      line.putText("error", shortened(String.valueOf(cause)));
      line.putText("stack", shortened(stack(cause)));
    }
    out.println(JsonWriter.write(line.build()));
  }

  private static String stack(Throwable cause) {
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text;
  }
}
