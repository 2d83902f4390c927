package dev.audition.core.task;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;

/**
 * Stands in for what a task finds around it: its metadata, version 4, and a place to upload to.
 *
 * <p>Containers are written as {@code name:status[:exit code][:health]}, separated by spaces; they
 * count as started unless the status is {@code NEW}, or {@code NEVER}, which is a stop without a
 * start.
 */
final class TaskServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger puts = new AtomicInteger();
  private final List<byte[]> uploads = new ArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);

  /** The answer to the n-th question, from 1; null for an error. */
  volatile IntFunction<String> metadata = _ -> "";

  /** The status that the n-th upload gets, from 1. */
  volatile IntFunction<Integer> uploadStatus = _ -> 200;

  /** Whether uploads are kept waiting until {@link #release}. */
  volatile boolean holdUploads;

  TaskServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v4/task", this::tell);
    server.createContext("/bucket/", this::take);
    server.start();
  }

  TaskServer telling(String containers) {
    metadata = _ -> containers;
    return this;
  }

  String metadataUrl() {
    return address() + "/v4";
  }

  String uploadUrl() {
    return address() + "/bucket/artifacts.tar.gz?X-Amz-Signature=hush";
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int asked() {
    return asked.get();
  }

  int puts() {
    return puts.get();
  }

  void release() {
    released.countDown();
  }

  /** Return what the last upload that was taken held. */
  List<Entry> uploaded() {
    synchronized (uploads) {
      return Entry.read(uploads.getLast());
    }
  }

  private void tell(HttpExchange exchange) throws IOException {
    String answer = metadata.apply(asked.incrementAndGet());
    byte[] bytes = (answer == null ? "no" : json(answer)).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer == null ? 500 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    int number = puts.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (holdUploads) {
      try {
        released.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    int status = exchange.getRequestMethod().equals("PUT") ? uploadStatus.apply(number) : 405;
    if (status == 200) {
      synchronized (uploads) {
        uploads.add(body);
      }
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static String json(String containers) {
    if (containers.startsWith("{")) {
      return containers;
    }
    List<String> json = new ArrayList<>();
    for (String container : containers.strip().split(" ")) {
      String[] parts = (container + ":::").split(":", -1);
      boolean started = !parts[1].isEmpty() && !parts[1].startsWith("NE");
      json.add(
          "{\"Name\": \"%s\", \"KnownStatus\": \"%s\"%s%s%s}"
              .formatted(
                  parts[0],
                  parts[1].equals("NEVER") ? "STOPPED" : parts[1],
                  started ? ", \"StartedAt\": \"2026-11-20T00:00:00Z\"" : "",
                  parts[2].isEmpty() ? "" : ", \"ExitCode\": " + parts[2],
                  parts[3].isEmpty() ? "" : ", \"Health\": {\"status\": \"" + parts[3] + "\"}"));
    }
    return "{\"Containers\": [" + String.join(",", json) + "]}";
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.close();
  }

  /** One member of an archive. */
  record Entry(String name, char type, int mode, String text) {
    private static final int BLOCK = 512;

    static List<Entry> read(byte[] archive) {
      List<Entry> entries = new ArrayList<>();
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
        for (byte[] head = in.readNBytes(BLOCK); head[0] != 0; head = in.readNBytes(BLOCK)) {
          int size = Integer.parseInt(field(head, 124, 11), 8);
          String text = new String(in.readNBytes(size), StandardCharsets.UTF_8);
          in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
          String name = field(head, 0, 100);
          String prefix = field(head, 345, 155);
          entries.add(
              new Entry(
                  prefix.isEmpty() ? name : prefix + "/" + name,
                  (char) head[156],
                  Integer.parseInt(field(head, 100, 7), 8),
                  text));
        }
        in.transferTo(OutputStream.nullOutputStream()); // the check sum at the end counts too
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return entries;
    }

    private static String field(byte[] head, int from, int length) {
      return new String(head, from, length, StandardCharsets.UTF_8).split("\0", 2)[0].strip();
    }
  }
}
