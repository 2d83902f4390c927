package dev.audition.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One question to another program: words in, text out, within a limit.
 *
 * @param words the program and its arguments; no shell reads them
 * @param input what it reads from its standard input
 * @param folder where it runs; null for here
 * @param set variables it gets beside ours
 * @param unset variables of ours it does not get
 */
public record Program(
    List<String> words,
    String input,
    @Nullable Path folder,
    Map<String, String> set,
    Set<String> unset) {
  /** More output than this is cut off. */
  private static final int MAXIMUM_OUTPUT_BYTES = 1 << 20;

  public Program {
    words = List.copyOf(words);
    set = Map.copyOf(set);
    unset = Set.copyOf(unset);
  }

  /** Ask a program without input, in this folder. */
  public static Program of(String... words) {
    return new Program(List.of(words), "", null, Map.of(), Set.of());
  }

  /** Return this question asked in a folder. */
  public Program in(Path otherFolder) {
    return new Program(words, input, otherFolder, set, unset);
  }

  /** Return this question with text on standard input. */
  public Program withInput(String text) {
    return new Program(words, text, folder, set, unset);
  }

  /** Return this question with a variable set. */
  public Program with(String name, String value) {
    Map<String, String> more = new HashMap<>(set);
    more.put(name, value);
    return new Program(words, input, folder, more, unset);
  }

  /** Return this question with variables taken away. */
  public Program without(String... names) {
    Set<String> fewer = new HashSet<>(unset);
    fewer.addAll(List.of(names));
    return new Program(words, input, folder, set, fewer);
  }

  /** What came of it. */
  public sealed interface Answer {
    /** It ended by itself. */
    record Ended(int exitCode, String output, String errors) implements Answer {}

    /** It could not be started: there is no such program, or it may not be run. */
    record NotStarted(String reason) implements Answer {}

    /** It took too long and was killed. */
    record TimedOut(Duration limit) implements Answer {}
  }

  /** Ask, and wait at most as long as given; the program is killed then. */
  public Answer ask(Duration limit) {
    Process process;
    try {
      process = start();
    } catch (IOException e) {
      return new Answer.NotStarted(String.valueOf(e.getMessage()));
    }
    CompletableFuture<String> output = reading(process.getInputStream());
    CompletableFuture<String> errors = reading(process.getErrorStream());
    Thread.ofVirtual().start(() -> write(process.getOutputStream()));
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return new Answer.TimedOut(limit);
      }
      long left = Math.max(1, deadline - System.nanoTime());
      return new Answer.Ended(
          process.exitValue(),
          output.get(left, TimeUnit.NANOSECONDS),
          errors.get(left, TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.TimedOut(limit);
    } catch (TimeoutException e) {
      // It ended, but left a child behind that holds its output open.
      return new Answer.TimedOut(limit);
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading the output of " + words.getFirst(), e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(words));
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    builder.environment().keySet().removeAll(unset);
    builder.environment().putAll(set);
    return builder.start();
  }

  private void write(OutputStream stream) {
    try (stream) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It does not want to know; its answer is what counts.
    }
  }

  private static CompletableFuture<String> reading(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream) {
                byte[] bytes = stream.readNBytes(MAXIMUM_OUTPUT_BYTES);
                stream.transferTo(OutputStream.nullOutputStream());
                text.complete(new String(bytes, StandardCharsets.UTF_8));
              } catch (IOException e) {
                text.complete("");
              }
            });
    return text;
  }
}
