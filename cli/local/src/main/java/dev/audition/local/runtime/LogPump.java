package dev.audition.local.runtime;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.audition.local.docker.DockerEngine;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Takes the output of one start of a container, from before it starts to its end: the bytes as they
 * are into a file, the lines to a listener. It attaches instead of following the engine's log, so
 * the last line is there when the container has ended.
 */
final class LogPump implements ResultCallback<Frame> {
  /** What is kept of a container's output on disk; the rest is counted and dropped. */
  static final long LARGEST_FILE = 1L << 30;

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration LONGEST_REST = Duration.ofSeconds(3);

  private final OutputStream file;
  private final LineSplitter standardOutput;
  private final LineSplitter standardError;
  private final CompletableFuture<Closeable> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private long written;
  private final AtomicLong received = new AtomicLong();

  private LogPump(Path path, Consumer<String> lines) {
    this.standardOutput = new LineSplitter(lines);
    this.standardError = new LineSplitter(lines);
    try {
      Files.createDirectories(path.getParent());
      this.file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      this.written = Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException("log file " + path, e);
    }
  }

  /** Attach to a container that has not been started yet; returns when it is attached. */
  static LogPump attach(
      DockerEngine engine, String containerId, Path path, Consumer<String> lines) {
    LogPump pump = new LogPump(path, lines);
    engine
        .client()
        .attachContainerCmd(containerId)
        .withFollowStream(true)
        .withStdOut(true)
        .withStdErr(true)
        .exec(pump);
    try {
      pump.opened.get(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      pump.end();
      throw new EngineLostException("the Docker engine sends no output: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return pump;
  }

  /**
   * Wait until everything was taken. A stream that is silent this long is not waited for: a process
   * that outlives its container's first one may hold it open. One that still flows is, for a while.
   */
  void await(Duration silence) {
    long latest = System.nanoTime() + LONGEST_REST.toNanos();
    long seen;
    do {
      seen = received.get();
      try {
        ended.get(silence.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        // Look whether something came meanwhile.
      } catch (ExecutionException e) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    } while (received.get() != seen && System.nanoTime() < latest);
  }

  @Override
  public void onStart(Closeable closeable) {
    opened.complete(closeable);
  }

  @Override
  public void onNext(Frame frame) {
    byte[] bytes = frame.getPayload();
    received.addAndGet(bytes.length);
    write(bytes);
    (frame.getStreamType() == StreamType.STDERR ? standardError : standardOutput).take(bytes);
  }

  private void write(byte[] bytes) {
    if (written > LARGEST_FILE) {
      return;
    }
    written += bytes.length;
    try {
      file.write(bytes);
      if (written > LARGEST_FILE) {
        file.write(
            "\n(audition keeps the first GiB of a container's output; the rest is not here)\n"
                .getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // A full disk must not end the container: its output still goes to the listener.
      written = Long.MAX_VALUE;
    }
  }

  @Override
  public void onError(Throwable throwable) {
    opened.completeExceptionally(throwable);
    end();
  }

  @Override
  public void onComplete() {
    end();
  }

  @Override
  public void close() throws IOException {
    end();
  }

  private synchronized void end() {
    if (ended.isDone()) {
      return;
    }
    standardOutput.flush();
    standardError.flush();
    try {
      file.close();
    } catch (IOException e) {
      // Nothing is buffered here, so nothing is lost.
    }
    ended.complete(null);
  }
}
