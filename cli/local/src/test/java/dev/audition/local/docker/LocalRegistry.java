package dev.audition.local.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/**
 * A registry on this machine that serves one small image under several names, each with its own way
 * to answer. Engines take a registry at 127.0.0.1 without TLS.
 *
 * <p>{@code good} is served, if the registry is locked to {@code zoe} with {@code secret} only;
 * {@code limited} answers 429; {@code silent} never answers; anything else is not there.
 */
final class LocalRegistry implements AutoCloseable {
  private static final String MANIFEST_TYPE =
      "application/vnd.docker.distribution.manifest.v2+json";
  private static final String EMPTY_LAYER_DIFF = "sha256:" + sha256(new byte[1024]);

  private final boolean locked;
  private final HttpServer server;
  private final PlainFront front;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, byte[]> blobs = new LinkedHashMap<>();
  private final byte[] manifest;

  /** Every path that was asked for. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  LocalRegistry(boolean locked) {
    this.locked = locked;
    byte[] layer = gzip(new byte[1024]);
    String config =
        """
        {"architecture": "amd64", "os": "linux", "config": {"Cmd": ["/hello"], "User": "app",
         "ExposedPorts": {"8080/tcp": {}, "53/udp": {}}, "Volumes": {"/data": {}},
         "Env": ["A=1", "B=x=y"], "StopSignal": "SIGINT", "WorkingDir": "/srv",
         "Healthcheck": {"Test": ["CMD", "/check"], "Interval": 2000000000, "Retries": 4}},
         "rootfs": {"type": "layers", "diff_ids": ["%s"]}, "history": [{"created_by": "%s"}]}
        """
            .formatted(EMPTY_LAYER_DIFF, System.nanoTime());
    byte[] configBytes = config.getBytes(StandardCharsets.UTF_8);
    manifest =
        """
        {"schemaVersion": 2, "mediaType": "%s",
         "config": {"mediaType": "application/vnd.docker.container.image.v1+json",
                    "size": %d, "digest": "%s"},
         "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
                     "size": %d, "digest": "%s"}]}
        """
            .formatted(
                MANIFEST_TYPE, configBytes.length, keep(configBytes), layer.length, keep(layer))
            .getBytes(StandardCharsets.UTF_8);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    front = new PlainFront(server.getAddress());
  }

  /** Return the reference of an image here. */
  String image(String name) {
    return "127.0.0.1:%d/%s:1".formatted(front.port(), name);
  }

  /** Return the registry's address. */
  String address() {
    return "127.0.0.1:" + front.port();
  }

  private String keep(byte[] bytes) {
    String digest = "sha256:" + sha256(bytes);
    blobs.put(digest, bytes);
    return digest;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(path);
      if (locked && !known(exchange)) {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"here\"");
        refuse(exchange, 401, "UNAUTHORIZED", "authentication required");
      } else if (path.equals("/v2/")) {
        respond(exchange, 200, "application/json", new byte[0]);
      } else if (path.startsWith("/v2/silent/")) {
        waitForEnd();
      } else if (path.startsWith("/v2/limited/")) {
        refuse(exchange, 429, "TOOMANYREQUESTS", "toomanyrequests: slow down");
      } else if (path.startsWith("/v2/good/")) {
        serve(exchange, path);
      } else {
        refuse(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
      }
    }
  }

  private void serve(HttpExchange exchange, String path) throws IOException {
    byte[] blob = blobs.get(path.substring(path.lastIndexOf('/') + 1));
    if (blob != null) {
      respond(exchange, 200, "application/octet-stream", blob);
    } else {
      exchange.getResponseHeaders().add("Docker-Content-Digest", "sha256:" + sha256(manifest));
      respond(exchange, 200, MANIFEST_TYPE, manifest);
    }
  }

  private void waitForEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean known(HttpExchange exchange) {
    String token =
        Base64.getEncoder().encodeToString("zoe:secret".getBytes(StandardCharsets.UTF_8));
    return ("Basic " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static void refuse(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    String body =
        "{\"errors\": [{\"code\": \"%s\", \"message\": \"%s\"}]}".formatted(code, message);
    respond(exchange, status, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void respond(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.getResponseHeaders().add("Docker-Distribution-Api-Version", "registry/2.0");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    front.close();
    server.stop(0);
    threads.close();
  }
}
