package dev.audition.core.testkit;

import dev.audition.core.compose.Command;
import dev.audition.core.compose.Dependency;
import dev.audition.core.compose.DependencyCondition;
import dev.audition.core.compose.Healthcheck;
import dev.audition.core.compose.Link;
import dev.audition.core.compose.NetworkAttachment;
import dev.audition.core.compose.PortMapping;
import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.compose.VolumeMount;
import dev.audition.core.diagnostic.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A service for a test; each method returns this service with more said of it. */
public final class SampleService {
  private final ServiceConfig config;
  private final boolean candidate;

  private SampleService(ServiceConfig config, boolean candidate) {
    this.config = config;
    this.candidate = candidate;
  }

  /** Begin a service with an image. */
  public static SampleService service(String name, String image) {
    return service(name).with(ServiceKey.IMAGE, image);
  }

  /** Begin a service without an image. */
  public static SampleService service(String name) {
    return new SampleService(new ServiceConfig(name, place(name)), false);
  }

  /** Begin a candidate with an image. */
  public static SampleService candidate(String name, String image) {
    return new SampleService(service(name, image).config, true);
  }

  /** Return the place a test's service or key stands at: {@code <name>.yml:1:1}. */
  public static SourceLocation place(String name) {
    return new SourceLocation(name + ".yml", 1, 1);
  }

  ServiceConfig config() {
    return config;
  }

  boolean isCandidate() {
    return candidate;
  }

  /** Say a key. */
  public <T> SampleService with(ServiceKey<T> key, T value) {
    return new SampleService(
        config.with(key, value, place(config.name() + "." + key.name())), candidate);
  }

  /** Wait in the short form. */
  public SampleService dependsOn(String... services) {
    SampleService changed = this;
    for (String service : services) {
      changed = changed.depends(service, null, true);
    }
    return changed;
  }

  /** Wait in the long form. */
  public SampleService dependsOn(String service, DependencyCondition condition) {
    return depends(service, condition, true);
  }

  /** Wait in the long form for a service that need not be there. */
  public SampleService mayDependOn(String service, DependencyCondition condition) {
    return depends(service, condition, false);
  }

  private SampleService depends(
      String service, @Nullable DependencyCondition condition, boolean required) {
    SequencedMap<String, Dependency> dependencies =
        new LinkedHashMap<>(config.get(ServiceKey.DEPENDS_ON, new LinkedHashMap<>()));
    dependencies.put(
        service, new Dependency(condition, required, place(config.name() + ".depends_on")));
    return with(ServiceKey.DEPENDS_ON, dependencies);
  }

  /** Link to a service under a further name. */
  public SampleService link(String service, String alias) {
    return adding(ServiceKey.LINKS, new Link(service, alias, place(config.name() + ".links")));
  }

  /** Publish TCP ports. */
  public SampleService ports(int... ports) {
    return mapped(ServiceKey.PORTS, "tcp", ports);
  }

  /** Expose TCP ports. */
  public SampleService expose(int... ports) {
    return mapped(ServiceKey.EXPOSE, "tcp", ports);
  }

  /** Publish UDP ports. */
  public SampleService udpPorts(int... ports) {
    return mapped(ServiceKey.PORTS, "udp", ports);
  }

  private SampleService mapped(ServiceKey<List<PortMapping>> key, String protocol, int... ports) {
    SampleService changed = this;
    for (int port : ports) {
      changed =
          changed.adding(
              key, new PortMapping(port, protocol, "", place(config.name() + "." + key.name())));
    }
    return changed;
  }

  /** Set the command's words. */
  public SampleService command(String... words) {
    return with(ServiceKey.COMMAND, new Command(List.of(words)));
  }

  /** Set the entry point's words. */
  public SampleService entrypoint(String... words) {
    return with(ServiceKey.ENTRYPOINT, new Command(List.of(words)));
  }

  /** Set a variable of the environment. */
  public SampleService environment(String name, String value) {
    SequencedMap<String, String> environment =
        new LinkedHashMap<>(config.get(ServiceKey.ENVIRONMENT, new LinkedHashMap<>()));
    environment.put(name, value);
    return with(ServiceKey.ENVIRONMENT, environment);
  }

  /** Set a health check by its test, which starts with CMD or CMD-SHELL. */
  public SampleService healthcheck(String... test) {
    return with(
        ServiceKey.HEALTHCHECK,
        new Healthcheck(false, List.of(test), null, null, null, null, null));
  }

  /** Mount a named volume; an empty name is an anonymous one. */
  public SampleService volume(String name, String target) {
    return mount(VolumeMount.Type.VOLUME, name, target, false);
  }

  /** Mount a path of this machine. */
  public SampleService bind(String source, String target) {
    return mount(VolumeMount.Type.BIND, source, target, false);
  }

  /** Mount something. */
  public SampleService mount(
      VolumeMount.Type type, String source, String target, boolean readOnly) {
    return adding(
        ServiceKey.VOLUMES,
        new VolumeMount(type, source, target, readOnly, place(config.name() + ".volumes")));
  }

  /** Join a network under further names. */
  public SampleService network(String name, String... aliases) {
    SequencedMap<String, NetworkAttachment> networks =
        new LinkedHashMap<>(config.get(ServiceKey.NETWORKS, new LinkedHashMap<>()));
    networks.put(name, new NetworkAttachment(List.of(aliases)));
    return with(ServiceKey.NETWORKS, networks);
  }

  /** Add to a key that is a list. */
  public <T> SampleService adding(ServiceKey<List<T>> key, T item) {
    List<T> items = new ArrayList<>(config.get(key, List.of()));
    items.add(item);
    return with(key, List.copyOf(items));
  }
}
