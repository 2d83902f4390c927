package dev.audition.local.docker;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which engine is meant, and who says so.
 *
 * @param host such as {@code unix:///var/run/docker.sock} or {@code tcp://127.0.0.1:2375}
 * @param source for the user: {@code DOCKER_HOST}, {@code docker context "desktop-linux"}, {@code
 *     the default socket}
 * @param certificates folder with {@code ca.pem}, {@code cert.pem}, {@code key.pem}; null without
 *     TLS
 */
public record EngineAddress(URI host, String source, @Nullable Path certificates) {

  /** Return the socket's path; null if the engine is reached in another way. */
  public @Nullable Path socket() {
    return "unix".equals(host.getScheme()) ? Path.of(host.getPath()) : null;
  }

  /** Return whether the engine's files are this machine's files. */
  public boolean local() {
    String name = host.getHost();
    return socket() != null
        || (name != null && (name.equals("localhost") || name.startsWith("127.")));
  }
}
