package dev.audition.local.runtime;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import dev.audition.local.docker.DockerEngine;
import java.util.Arrays;
import java.util.List;

/** Images as the engine has them; one that it lacks is pulled without credentials. */
public final class EngineImages implements Images {
  private final DockerEngine engine;

  /** Make one for an engine. */
  public EngineImages(DockerEngine engine) {
    this.engine = engine;
  }

  @Override
  public Availability ensure(String image, String platform) {
    try {
      return inspect(image);
    } catch (NotFoundException e) {
      return pull(image, platform);
    } catch (DockerException e) {
      return new Availability.Missing(EngineErrors.reason("CannotPullContainerError", e));
    }
  }

  private Availability pull(String image, String platform) {
    var command = engine.client().pullImageCmd(image);
    if (!platform.isEmpty()) {
      command.withPlatform(platform);
    }
    try {
      command.start().awaitCompletion();
      return inspect(image);
    } catch (DockerException e) {
      return new Availability.Missing(EngineErrors.reason("CannotPullContainerError", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Availability.Missing("CannotPullContainerError: interrupted");
    }
  }

  private Availability.Present inspect(String image) {
    InspectImageResponse response = engine.client().inspectImageCmd(image).exec();
    ContainerConfig config = response.getConfig();
    String[] entrypoint = config == null ? null : config.getEntrypoint();
    var volumes = config == null ? null : config.getVolumes();
    return new Availability.Present(
        entrypoint == null ? List.of() : Arrays.asList(entrypoint),
        volumes == null ? List.of() : List.copyOf(volumes.keySet()));
  }
}
