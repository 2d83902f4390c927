package dev.audition.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody on this machine who takes notifications. */
public final class Receiver implements AutoCloseable {
  /** One of them. */
  public record Received(String id, String timestamp, String signature, String body) {
    /** Return whether it was signed with a secret, as its receiver would find out. */
    public boolean signedWith(String secret) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        byte[] digest = mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8));
        return signature.equals("v1," + Base64.getEncoder().encodeToString(digest));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final HttpServer server;
  private final List<Received> received = new ArrayList<>();
  private int busy;

  /** Begin to listen. */
  public Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answer 503 so many times first. */
  public synchronized Receiver busy(int times) {
    busy = times;
    return this;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      received.add(
          new Received(
              String.valueOf(headers.getFirst("webhook-id")),
              String.valueOf(headers.getFirst("webhook-timestamp")),
              String.valueOf(headers.getFirst("webhook-signature")),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      exchange.sendResponseHeaders(busy-- > 0 ? 503 : 204, -1);
    }
  }

  /** Return where it listens. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** Return all that came, in order. */
  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
