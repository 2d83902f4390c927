package dev.audition.aws.hooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;

/** A POST of HTTP/1.1, written in one piece. */
final class HttpRequest {
  private final URI uri;
  private final Map<String, String> headers;
  private final byte[] body;

  HttpRequest(URI uri, Map<String, String> headers, byte[] body) {
    this.uri = uri;
    this.headers = headers;
    this.body = body;
  }

  void write(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(target()).append(" HTTP/1.1\r\n");
    header(head, "Host", uri.getRawAuthority());
    header(head, "User-Agent", "audition");
    header(head, "Accept", "*/*");
    header(head, "Connection", "close");
    header(head, "Content-Length", Integer.toString(body.length));
    headers.forEach((name, value) -> header(head, name, value));
    head.append("\r\n");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.toString().getBytes(ISO_8859_1));
    whole.writeBytes(body);
    out.write(whole.toByteArray());
    out.flush();
  }

  private String target() {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static void header(StringBuilder head, String name, String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "header %s: a control character (expected: one line)".formatted(name));
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
