package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what stands beside the services: volumes, networks, settings of ours. */
final class TopLevel {
  private static final Map<String, Set<String>> SECTIONS =
      Map.of(
          "volumes", Set.of("name", "driver", "driver_opts", "external", "labels"),
          "networks",
              Set.of(
                  "name",
                  "driver",
                  "driver_opts",
                  "ipam",
                  "external",
                  "internal",
                  "enable_ipv4",
                  "enable_ipv6",
                  "attachable",
                  "labels"),
          "secrets",
              Set.of(
                  "name",
                  "environment",
                  "file",
                  "external",
                  "labels",
                  "driver",
                  "driver_opts",
                  "template_driver"),
          "configs",
              Set.of(
                  "name",
                  "content",
                  "environment",
                  "file",
                  "external",
                  "labels",
                  "template_driver"));
  private static final Set<String> NO_EFFECT_ON_A_NETWORK =
      Set.of("driver_opts", "ipam", "internal", "enable_ipv4", "enable_ipv6");

  private final Field document;

  TopLevel(Field document) {
    this.document = document;
  }

  /** Check keys and forms. */
  void check() {
    document.onlyKeys("top-level key", Documents.KEYS);
    SECTIONS.forEach(
        (section, keys) -> {
          Field field = document.find(section);
          if (field != null && !field.isNull()) {
            for (Field entry : field.entries("a mapping of names to %s".formatted(section))) {
              if (!entry.isNull() && !entry.isMapping()) {
                entry.wrongType("nothing or a mapping");
              }
              entry.onlyKeys("key of " + section, keys);
            }
          }
        });
  }

  /** Return the entry of a section; null if there is none. */
  private @Nullable Field entry(String section, String name) {
    Field field = document.find(section);
    return field == null ? null : field.find(name);
  }

  private List<String> names(String section) {
    Field field = document.find(section);
    return field == null ? List.of() : field.keys();
  }

  /**
   * Read the volumes and check those that services use.
   *
   * @param services gets a refusal where it uses a volume that nobody declares
   */
  SequencedMap<String, VolumeConfig> volumes(Iterable<ServiceConfig> services, Reading reading) {
    SequencedMap<String, VolumeConfig> volumes = new LinkedHashMap<>();
    for (String name : names("volumes")) {
      Field entry = entry("volumes", name);
      if (entry != null) {
        volumes.put(name, new VolumeConfig(name, entry.keyLocation()));
      }
    }
    Set<String> checked = new LinkedHashSet<>();
    for (ServiceConfig service : services) {
      for (VolumeMount mount : service.get(ServiceKey.VOLUMES, List.of())) {
        String name = mount.source();
        if (mount.type() != VolumeMount.Type.VOLUME || name.isEmpty() || given(name, reading)) {
          continue;
        }
        if (!volumes.containsKey(name)) {
          undeclared(service, mount, reading, volumes);
        } else if (checked.add(name)) {
          madeHere(name);
        }
      }
    }
    return volumes;
  }

  private static boolean given(String name, Reading reading) {
    int slash = name.indexOf('/');
    return reading.request().givenVolumes().contains(slash < 0 ? name : name.substring(0, slash));
  }

  private void undeclared(
      ServiceConfig service,
      VolumeMount mount,
      Reading reading,
      SequencedMap<String, VolumeConfig> volumes) {
    if (!reading.hasFormatOne()) {
      reading
          .diagnostics()
          .refuse(
              Category.INVALID,
              mount.location(),
              "services.%s.volumes".formatted(service.name()),
              "the compose specification wants every volume declared, and \"%s\" is not"
                  .formatted(mount.source()),
              declare("volumes", mount.source(), names("volumes")));
    }
    volumes.put(mount.source(), new VolumeConfig(mount.source(), mount.location()));
  }

  private static String declare(String section, String name, List<String> known) {
    String nearest = Nearest.remedy(name, known);
    return nearest.startsWith("Did")
        ? nearest
        : "Add it under %s: at the top level.".formatted(section);
  }

  private void madeHere(String name) {
    Field volume = entry("volumes", name);
    if (volume == null || refusedAsExternal(volume, "volume")) {
      return;
    }
    Field driver = volume.find("driver");
    String driverName = driver == null || driver.isNull() ? "local" : driver.text();
    if (driver != null && driverName != null && !Set.of("local", "").contains(driverName)) {
      driver.refuse(
          Category.EXTERNAL_RESOURCE,
          "the volume driver \"%s\" keeps its files somewhere else".formatted(driverName),
          "Remove driver; volumes here are empty folders.");
    }
    Field options = volume.find("driver_opts");
    if (options == null || options.isEmpty()) {
      return;
    }
    Field type = options.find("type");
    if (type != null && "tmpfs".equals(type.text())) {
      options.noEffect("driver_opts has no effect here: volumes are empty folders", "");
    } else {
      options.refuse(
          Category.EXTERNAL_RESOURCE,
          "driver_opts take the volume's files from somewhere else",
          "Mount a folder of the workspace, or leave the volume empty.");
    }
  }

  private static boolean refusedAsExternal(Field entry, String what) {
    Field external = entry.find("external");
    boolean refused =
        external != null
            && !external.isNull()
            && (external.isMapping() || Boolean.TRUE.equals(external.bool()));
    if (refused) {
      entry.refuseKey(
          Category.EXTERNAL_RESOURCE,
          "the %s \"%s\" is external: somebody else is to have made it"
              .formatted(what, entry.key()),
          "Remove external to have one made for the run.");
    }
    return refused;
  }

  /** Check the networks that services use. */
  void networks(Iterable<ServiceConfig> services, Reading reading) {
    Set<String> checked = new LinkedHashSet<>();
    for (ServiceConfig service : services) {
      boolean implied =
          service.find(ServiceKey.NETWORKS).isEmpty()
              && service.find(ServiceKey.NETWORK_MODE).isEmpty();
      Set<String> used =
          implied
              ? Set.of("default")
              : service.get(ServiceKey.NETWORKS, new LinkedHashMap<>()).keySet();
      for (String name : used) {
        if (entry("networks", name) != null) {
          checked.add(name);
        } else if (!name.equals("default")) {
          reading
              .diagnostics()
              .refuse(
                  Category.INVALID,
                  service.locationOf(ServiceKey.NETWORKS),
                  "services.%s.networks".formatted(service.name()),
                  "the compose specification wants every network declared, and \"%s\" is not"
                      .formatted(name),
                  declare("networks", name, names("networks")));
        }
      }
    }
    for (String name : checked) {
      Field network = entry("networks", name);
      if (network != null && !refusedAsExternal(network, "network")) {
        noteUnused(network);
      }
    }
  }

  private static void noteUnused(Field network) {
    for (Field key : network.isMapping() ? network.entries("") : List.<Field>of()) {
      if (NO_EFFECT_ON_A_NETWORK.contains(key.key())) {
        key.noEffect(
            "%s has no effect here: all containers share one network".formatted(key.key()), "");
      }
    }
  }

  /** Read {@code x-audition}. */
  AuditionSettings settings(Reading reading) {
    return new SettingsSyntax(reading).read(document.find("x-audition"));
  }

  /** Return where the document begins. */
  SourceLocation location() {
    return document.location();
  }
}
