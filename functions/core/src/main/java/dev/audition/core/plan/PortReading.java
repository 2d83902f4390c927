package dev.audition.core.plan;

import dev.audition.core.compose.PortMapping;
import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.compose.VolumeMount;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.PortSetting;
import dev.audition.core.image.WellKnownImage;
import dev.audition.core.plan.KnownPort.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * Finds out which TCP ports services listen on, and who says so.
 *
 * <p>Each port stands once per service, with the strongest origin. Weak evidence (the EXPOSE of an
 * image whose command is another one, the usual port of a server that is configured by a mounted
 * file, the words of others) helps to see that a service is ready and never makes a clash.
 */
final class PortReading {
  private final List<Draft> drafts;
  private final SequencedMap<String, SequencedMap<Integer, KnownPort>> certain =
      new LinkedHashMap<>();
  private final SequencedMap<String, SequencedMap<Integer, KnownPort>> likely =
      new LinkedHashMap<>();

  private PortReading(List<Draft> drafts) {
    this.drafts = drafts;
    drafts.forEach(
        draft -> {
          certain.put(draft.name(), new LinkedHashMap<>());
          likely.put(draft.name(), new LinkedHashMap<>());
        });
  }

  /**
   * The ports of services, by service name.
   *
   * @param known all of them
   * @param claimed those that two services cannot both have
   * @param named those that other containers name
   */
  record Ports(
      Map<String, List<KnownPort>> known,
      SequencedMap<String, List<KnownPort>> claimed,
      Map<String, List<KnownPort>> named) {
    /**
     * Return the ports of which one must accept: those that others name, where there are some; all
     * that are known elsewhere.
     */
    List<KnownPort> decisive(Draft draft) {
      List<KnownPort> byOthers = named.getOrDefault(draft.name(), List.of());
      return byOthers.isEmpty() ? known.getOrDefault(draft.name(), List.of()) : byOthers;
    }
  }

  /** Read the ports of all services of a task. */
  static Ports read(List<Draft> drafts, ServiceNames names) {
    PortReading reading = new PortReading(drafts);
    drafts.forEach(reading::declared);
    drafts.forEach(reading::fromImage);
    Map<String, List<KnownPort>> known = new LinkedHashMap<>();
    SequencedMap<String, List<KnownPort>> claimed = new LinkedHashMap<>();
    Map<String, List<KnownPort>> named = NamedPorts.find(drafts, names);
    for (Draft draft : drafts) {
      claimed.put(draft.name(), List.copyOf(reading.of(draft, reading.certain).values()));
      known.put(draft.name(), reading.all(draft, named.getOrDefault(draft.name(), List.of())));
    }
    return new Ports(known, claimed, named);
  }

  private SequencedMap<Integer, KnownPort> of(
      Draft draft, Map<String, SequencedMap<Integer, KnownPort>> ports) {
    return ports.getOrDefault(draft.name(), new LinkedHashMap<>());
  }

  private void declared(Draft draft) {
    declared(draft, ServiceKey.PORTS, Origin.PORTS);
    declared(draft, ServiceKey.EXPOSE, Origin.EXPOSE);
  }

  private void declared(Draft draft, ServiceKey<List<PortMapping>> key, Origin origin) {
    for (PortMapping mapping : draft.service().get(key, List.of())) {
      if (mapping.protocol().equals("tcp")) {
        of(draft, certain)
            .putIfAbsent(
                mapping.port(),
                new KnownPort(
                    mapping.port(), origin, "%s in %s".formatted(key.name(), mapping.location())));
      }
    }
  }

  private void fromImage(Draft draft) {
    if (draft.wellKnown() != null) {
      // The catalogue knows better than EXPOSE, which also lists what is rarely switched on.
      fromCatalogue(draft, draft.wellKnown());
      return;
    }
    ImageConfig config = draft.config();
    if (config == null) {
      return;
    }
    boolean own = draft.runsImageCommand();
    for (int port : config.exposedPorts()) {
      of(draft, own ? certain : likely)
          .putIfAbsent(
              port, new KnownPort(port, Origin.IMAGE, "EXPOSE of the image " + draft.image()));
    }
  }

  private void fromCatalogue(Draft draft, WellKnownImage image) {
    OptionalInt first = draft.serverPort();
    if (first.isEmpty()) {
      return;
    }
    boolean guess = mountsAny(draft.service(), image.setting());
    if (guess && !of(draft, certain).isEmpty()) {
      return;
    }
    List<Integer> ports = new ArrayList<>(List.of(first.getAsInt()));
    ports.addAll(image.ports().subList(1, image.ports().size()));
    for (int port : ports) {
      String evidence =
          port == first.getAsInt() && port != image.ports().getFirst()
              ? "%s is set to listen on %d".formatted(image.name(), port)
              : "%s listens on %d".formatted(image.name(), port);
      of(draft, guess ? likely : certain)
          .putIfAbsent(port, new KnownPort(port, Origin.CATALOGUE, evidence));
    }
  }

  private static boolean mountsAny(ServiceConfig service, PortSetting setting) {
    for (VolumeMount mount : service.get(ServiceKey.VOLUMES, List.of())) {
      for (String file : setting.files()) {
        if (mount.target().equals(file) || mount.target().startsWith(file + "/")) {
          return true;
        }
      }
    }
    return false;
  }

  private List<KnownPort> all(Draft draft, List<KnownPort> named) {
    SequencedMap<Integer, KnownPort> ports = new LinkedHashMap<>(of(draft, certain));
    of(draft, likely)
        .forEach(
            (port, known) -> {
              if (known.origin() == Origin.CATALOGUE || !othersHave(draft, port)) {
                ports.putIfAbsent(port, known);
              }
            });
    named.forEach(port -> ports.putIfAbsent(port.port(), port));
    return List.copyOf(ports.values());
  }

  // A worker of the application's image does not listen on the application's port.
  private boolean othersHave(Draft draft, int port) {
    if (draft.candidate()) {
      return true;
    }
    return drafts.stream()
        .filter(other -> !other.name().equals(draft.name()))
        .anyMatch(
            other ->
                of(other, certain).containsKey(port)
                    || (!other.candidate() && of(other, likely).containsKey(port)));
  }
}
