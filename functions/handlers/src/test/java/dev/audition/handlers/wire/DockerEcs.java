package dev.audition.handlers.wire;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.Network;
import dev.audition.local.docker.DockerEngine;
import dev.audition.local.runtime.DockerTaskRuntime;
import dev.audition.local.runtime.EngineImages;
import dev.audition.local.runtime.Labels;
import dev.audition.local.runtime.RuntimeSettings;
import dev.audition.local.runtime.TaskRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** ECS on the Docker engine of this machine. */
public final class DockerEcs implements AutoCloseable {
  private static final String DEFAULT_BRIDGE = "docker0";

  private final String owner = "wire-" + UUID.randomUUID();
  private final DockerEngine engine =
      DockerEngine.connect(
          URI.create(
              Optional.ofNullable(System.getenv("DOCKER_HOST"))
                  .orElse("unix:///var/run/docker.sock")));
  private final Path logs;
  private final DockerTaskRuntime runtime;
  private final EcsWire wire;

  /**
   * Start one.
   *
   * @param logs where the containers' output is kept
   * @param sources for what tasks fetch before they start; ports are looked up in the engine
   */
  public DockerEcs(Path logs, LaunchSources sources) {
    this.logs = logs;
    this.runtime =
        new DockerTaskRuntime(
            engine,
            new EngineImages(engine),
            new RuntimeSettings(owner, logs::resolve, false, InstantSource.system(), _ -> {}));
    this.wire =
        new EcsWire(
            new EcsWire.Parts(
                Arns.SAMPLE,
                runtime,
                new EngineSources(engine, sources),
                bridge(engine),
                InstantSource.system()));
    runtime.subscribe(wire::changed);
  }

  /** Return the wire in front of it. */
  public EcsWire wire() {
    return wire;
  }

  /** Return where containers reach this machine: the address of the engine's bridge. */
  public InetAddress bridge() {
    return bridge(engine);
  }

  /** Return a container's output; empty if there is none. */
  public String output(String startedBy, String container) {
    try {
      return Files.readString(logs.resolve(startedBy).resolve(container + ".log"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Return what the engine holds of the tasks of this wire: containers and volumes. */
  public List<String> left() {
    return left(List.of(Labels.OWNER + "=" + owner));
  }

  /** Return what the engine holds of one run's tasks on this wire. */
  public List<String> left(String run) {
    return left(List.of(Labels.OWNER + "=" + owner, Labels.RUN + "=" + run));
  }

  private List<String> left(List<String> label) {
    List<String> left = new ArrayList<>();
    engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(label)
        .exec()
        .forEach(container -> left.add(String.join(",", container.getNames())));
    var volumes = engine.client().listVolumesCmd().withFilter("label", label).exec().getVolumes();
    if (volumes != null) {
      volumes.forEach(volume -> left.add(volume.getName()));
    }
    return left;
  }

  private static InetAddress bridge(DockerEngine engine) {
    Network bridge = engine.client().inspectNetworkCmd().withNetworkId("bridge").exec();
    String name =
        Optional.ofNullable(bridge.getOptions())
            .map(options -> options.get("com.docker.network.bridge.name"))
            .orElse(DEFAULT_BRIDGE);
    try {
      NetworkInterface here = NetworkInterface.getByName(name);
      if (here == null) {
        throw new IllegalStateException(
            "interface: %s (expected: the engine's bridge, on this machine)".formatted(name));
      }
      return here.inetAddresses()
          .filter(Inet4Address.class::isInstance)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no address: " + name));
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Remove whatever is still there. */
  @Override
  public void close() {
    try {
      wire.close();
    } finally {
      runtime.close();
      new TaskRemoval(engine).removeOwner(owner);
      engine.close();
    }
  }

  /** Knows the ports of the engine's images. */
  private record EngineSources(
      DockerEngine engine, LaunchSources others, Map<String, List<Integer>> known)
      implements LaunchSources {
    EngineSources(DockerEngine engine, LaunchSources others) {
      this(engine, others, new ConcurrentHashMap<>());
    }

    @Override
    public Optional<String> object(String bucket, String key) {
      return others.object(bucket, key);
    }

    @Override
    public Optional<String> secret(String valueFrom) {
      return others.secret(valueFrom);
    }

    @Override
    public List<Integer> exposedPorts(String image) {
      return known.computeIfAbsent(image, this::inspect);
    }

    private List<Integer> inspect(String image) {
      try {
        InspectImageResponse response = engine.client().inspectImageCmd(image).exec();
        ContainerConfig config = response.getConfig();
        ExposedPort[] ports = config == null ? null : config.getExposedPorts();
        return ports == null
            ? List.of()
            : Arrays.stream(ports)
                .filter(port -> port.getProtocol() == InternetProtocol.TCP)
                .map(ExposedPort::getPort)
                .toList();
      } catch (DockerException e) {
        return List.of();
      }
    }
  }
}
