package dev.audition.local.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.InternetProtocol;
import dev.audition.core.compose.Healthcheck;
import dev.audition.core.image.ImageConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates what the engine says of an image. */
final class InspectedImage {
  private InspectedImage() {}

  static ImageConfig config(InspectImageResponse image) {
    ContainerConfig config = image.getConfig();
    if (config == null) {
      config = new ContainerConfig();
    }
    Map<String, ?> volumes = config.getVolumes();
    return new ImageConfig(
        text(image.getId()),
        list(config.getEntrypoint()),
        list(config.getCmd()),
        ImageConfig.variables(list(config.getEnv())),
        text(config.getUser()),
        text(config.getWorkingDir()),
        ports(config.getExposedPorts()),
        volumes == null ? List.of() : volumes.keySet().stream().sorted().toList(),
        healthcheck(config.getHealthcheck()),
        text(image.getArch()),
        stopSignal(image));
  }

  /** docker-java has no getter for it; absent means SIGTERM. */
  private static String stopSignal(InspectImageResponse image) {
    return image.getRawValues().get("Config") instanceof Map<?, ?> config
            && config.get("StopSignal") instanceof String signal
        ? signal
        : "";
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static List<String> list(String @Nullable [] words) {
    return words == null ? List.of() : Arrays.asList(words);
  }

  private static List<Integer> ports(ExposedPort @Nullable [] ports) {
    return ports == null
        ? List.of()
        : Arrays.stream(ports)
            .filter(port -> port.getProtocol() == InternetProtocol.TCP)
            .map(ExposedPort::getPort)
            .sorted()
            .toList();
  }

  /** The engine writes nanoseconds, and 0 for what the image leaves to the default. */
  private static @Nullable Healthcheck healthcheck(@Nullable HealthCheck check) {
    List<String> test = check == null ? null : check.getTest();
    if (check == null || test == null || test.isEmpty()) {
      return null;
    }
    if (test.getFirst().equals("NONE")) {
      return new Healthcheck(true, List.of(), null, null, null, null, null);
    }
    Integer retries = check.getRetries();
    return new Healthcheck(
        false,
        test,
        duration(check.getInterval()),
        duration(check.getTimeout()),
        retries == null || retries == 0 ? null : retries,
        duration(check.getStartPeriod()),
        duration(check.getStartInterval()));
  }

  private static @Nullable Duration duration(@Nullable Long nanoseconds) {
    return nanoseconds == null || nanoseconds == 0 ? null : Duration.ofNanos(nanoseconds);
  }
}
