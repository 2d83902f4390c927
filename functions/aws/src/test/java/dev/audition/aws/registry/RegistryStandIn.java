package dev.audition.aws.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A registry that holds what a test puts into it, open to all or with the token flow. */
final class RegistryStandIn implements AutoCloseable {
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private static final class Document {
    private final String type;
    private final byte[] bytes;

    private Document(String type, byte[] bytes) {
      this.type = type;
      this.bytes = bytes;
    }
  }

  private final HttpServer server;
  private final Map<String, Document> documents = new HashMap<>();
  private final Map<String, Integer> statuses = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private final Map<String, String> redirects = new HashMap<>();
  private @Nullable String wanted;
  private boolean givesTokens;

  RegistryStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answer only who got a token of the registry's own. */
  RegistryStandIn withTokens() {
    wanted = "Bearer token-1";
    givesTokens = true;
    return this;
  }

  /** Answer only who brings this header. */
  RegistryStandIn wanting(String authorization) {
    wanted = authorization;
    return this;
  }

  /** Answer a path with a status and nothing else. */
  RegistryStandIn fails(String path, int status) {
    statuses.put(path, status);
    return this;
  }

  /** Answer every path as if nothing had been. */
  RegistryStandIn recovers() {
    statuses.clear();
    return this;
  }

  /** Send who asks for a path to another address. */
  RegistryStandIn redirects(String path, String location) {
    redirects.put(path, location);
    return this;
  }

  RegistryStandIn put(String path, String type, byte[] bytes) {
    documents.put(path, new Document(type, bytes));
    return this;
  }

  /** Put a manifest under its digest; return the digest. */
  String manifest(String repository, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    put("/v2/" + repository + "/manifests/" + digest(bytes), MANIFEST, bytes);
    return digest(bytes);
  }

  /** Put an image's configuration and its manifest; return the manifest's digest. */
  String image(String repository, String config) {
    byte[] bytes = config.getBytes(StandardCharsets.UTF_8);
    put("/v2/" + repository + "/blobs/" + digest(bytes), "application/octet-stream", bytes);
    return manifest(
        repository,
        """
        {"schemaVersion": 2, "config": {"digest": "%s", "size": %d}, "layers": []}\
        """
            .formatted(digest(bytes), bytes.length));
  }

  /** Give a tag to what is there under a digest. */
  RegistryStandIn tag(String repository, String tag, String digest) {
    Document document = documents.get("/v2/" + repository + "/manifests/" + digest);
    documents.put("/v2/" + repository + "/manifests/" + tag, document);
    return this;
  }

  static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  synchronized List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    asked.add(path);
    authorizations.add(authorization == null ? "" : authorization);
    Document document = documents.get(path);
    if (path.startsWith("/token")) {
      send(exchange, 200, "{\"token\":\"token-1\"}".getBytes(StandardCharsets.UTF_8));
    } else if (wanted != null && !wanted.equals(authorization)) {
      exchange
          .getResponseHeaders()
          .set(
              "WWW-Authenticate",
              givesTokens
                  ? "Bearer realm=\"%s/token\",service=\"stand-in\",scope=\"repository:x:pull\""
                      .formatted(address())
                  : "Basic realm=\"stand-in\"");
      send(exchange, 401, new byte[0]);
    } else if (statuses.containsKey(path)) {
      send(exchange, statuses.get(path), new byte[0]);
    } else if (redirects.containsKey(path)) {
      exchange.getResponseHeaders().set("Location", redirects.get(path));
      send(exchange, 307, new byte[0]);
    } else if (document == null) {
      send(exchange, 404, new byte[0]);
    } else {
      exchange.getResponseHeaders().set("Content-Type", document.type);
      send(exchange, 200, document.bytes);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
