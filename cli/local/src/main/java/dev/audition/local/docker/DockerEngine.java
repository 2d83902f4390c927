package dev.audition.local.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

/** A connection to one Docker engine; safe for use by many threads. */
public final class DockerEngine implements AutoCloseable {
  /** Many: each stream of logs, each wait for an exit and each check holds one connection. */
  private static final int MAXIMUM_CONNECTIONS = 1_000;

  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

  private final EngineAddress address;
  private final DockerClient client;

  private DockerEngine(EngineAddress address, DockerClient client) {
    this.address = address;
    this.client = client;
  }

  /**
   * Make a client for an engine without TLS; nothing is sent yet.
   *
   * @param host such as {@code unix:///var/run/docker.sock} or {@code tcp://127.0.0.1:2375}
   */
  public static DockerEngine connect(URI host) {
    return connect(new EngineAddress(host, "given", null));
  }

  /** Make a client for an engine; nothing is sent yet. */
  public static DockerEngine connect(EngineAddress address) {
    EngineClientConfig config = new EngineClientConfig(address);
    ZerodepDockerHttpClient transport =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .maxConnections(MAXIMUM_CONNECTIONS)
            .connectionTimeout(CONNECTION_TIMEOUT)
            .build();
    return new DockerEngine(address, DockerClientImpl.getInstance(config, transport));
  }

  /** Return where the engine listens. */
  public URI host() {
    return address.host();
  }

  /** Return where the engine is and who says so. */
  public EngineAddress address() {
    return address;
  }

  /** Return the client, for everything that has no method here. */
  public DockerClient client() {
    return client;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
