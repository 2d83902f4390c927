package dev.audition.local;

import dev.audition.local.docker.DockerBuilds;
import dev.audition.local.docker.DockerEngine;
import dev.audition.local.docker.DockerImages;
import dev.audition.local.docker.DockerSettings;
import dev.audition.local.docker.EngineAddresses;
import dev.audition.local.docker.EngineChecks;
import java.time.Duration;
import java.util.Map;

/** The engine this process uses, with its images and builds. */
record Engine(DockerEngine engine, DockerImages images, DockerBuilds builds)
    implements AutoCloseable {
  /**
   * Find the engine and hear it answer.
   *
   * @throws dev.audition.local.docker.EngineUnavailableException if there is none
   */
  static Engine open(Map<String, String> environment, Duration limit) {
    DockerSettings settings = settings(environment);
    DockerEngine engine = EngineChecks.open(EngineAddresses.find(environment, settings), limit);
    return new Engine(
        engine,
        new DockerImages(engine, settings, environment),
        new DockerBuilds(engine, settings, environment));
  }

  static DockerSettings settings(Map<String, String> environment) {
    return DockerSettings.read(environment);
  }

  @Override
  public void close() {
    engine.close();
  }
}
