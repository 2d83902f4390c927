package dev.audition.local.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** A connection to one Docker engine; safe for use by many threads. */
public final class DockerEngine implements AutoCloseable {
  /** Many: each stream of logs, each wait for an exit and each check holds one connection. */
  private static final int MAXIMUM_CONNECTIONS = 1_000;

  private final URI host;
  private final DockerClient client;

  private DockerEngine(URI host, DockerClient client) {
    this.host = host;
    this.client = client;
  }

  /**
   * Make a client for an engine; nothing is sent yet.
   *
   * @param host such as {@code unix:///var/run/docker.sock} or {@code tcp://127.0.0.1:2375}
   */
  public static DockerEngine connect(URI host) {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(host.toString())
            .withDockerTlsVerify(false)
            .build();
    ZerodepDockerHttpClient transport =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .maxConnections(MAXIMUM_CONNECTIONS)
            .build();
    return new DockerEngine(host, DockerClientImpl.getInstance(config, transport));
  }

  /** Return where the engine listens. */
  public URI host() {
    return host;
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
