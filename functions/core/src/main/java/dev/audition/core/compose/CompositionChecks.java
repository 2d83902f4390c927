package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks what services say of one another, and leaves out what points nowhere, so that every
 * reference of a finished composition can be followed.
 */
final class CompositionChecks {
  private final Reading reading;
  private final SequencedMap<String, ServiceConfig> services;
  private final List<String> declared;

  /**
   * Make them.
   *
   * @param declared the services of the sources, also those that no profile selects
   */
  CompositionChecks(
      Reading reading, SequencedMap<String, ServiceConfig> services, List<String> declared) {
    this.reading = reading;
    this.services = new LinkedHashMap<>(services);
    this.declared = declared;
  }

  /** Check all; return the services without references that point nowhere. */
  SequencedMap<String, ServiceConfig> checked() {
    services.replaceAll((_, service) -> followable(service));
    checkImages();
    checkContainerNames();
    new DependencyCircles(reading, services).refuse();
    return services;
  }

  /** A service whose image or build was refused already lacks it for that reason. */
  private void checkImages() {
    List<String> refused =
        reading.diagnostics().sorted().stream()
            .filter(Diagnostic::refuses)
            .map(Diagnostic::path)
            .toList();
    for (ServiceConfig service : services.values()) {
      boolean neither =
          service.find(ServiceKey.IMAGE).isEmpty() && service.find(ServiceKey.BUILD).isEmpty();
      if (neither && refused.stream().noneMatch(path -> explains(path, service.name()))) {
        refuse(
            service.location(),
            "services." + service.name(),
            "the compose specification wants image or build in every service; \"%s\" has neither"
                .formatted(service.name()),
            "Add one, or name the file with -f that this one is merged over.");
      }
    }
  }

  private static boolean explains(String path, String service) {
    return Stream.of("services.", "composition_candidates.")
        .map(section -> section + service)
        .anyMatch(
            start ->
                path.equals(start)
                    || Stream.of("image", "build", "provider", "extends")
                        .anyMatch(key -> path.startsWith(start + "." + key)));
  }

  private void checkContainerNames() {
    Map<String, String> owners = new HashMap<>();
    for (ServiceConfig service : services.values()) {
      String name = service.get(ServiceKey.CONTAINER_NAME, "");
      String owner = name.isEmpty() ? null : owners.putIfAbsent(name, service.name());
      if (owner != null) {
        refuse(
            service.locationOf(ServiceKey.CONTAINER_NAME),
            "services.%s.container_name".formatted(service.name()),
            "the container_name \"%s\" is the one of \"%s\" too".formatted(name, owner),
            "Give each container a name of its own, or none.");
      }
    }
  }

  private ServiceConfig followable(ServiceConfig service) {
    ServiceConfig result = dependencies(service);
    List<Link> links = new ArrayList<>();
    for (Link link : result.get(ServiceKey.LINKS, List.of())) {
      if (known(link.service(), result, "links", link.location())) {
        links.add(link);
      }
    }
    List<VolumesFrom> volumes = new ArrayList<>();
    for (VolumesFrom from : result.get(ServiceKey.VOLUMES_FROM, List.of())) {
      if (known(from.service(), result, "volumes_from", from.location())) {
        volumes.add(from);
      }
    }
    result =
        result.find(ServiceKey.LINKS).isEmpty()
            ? result
            : result.with(
                ServiceKey.LINKS, List.copyOf(links), result.locationOf(ServiceKey.LINKS));
    result =
        result.find(ServiceKey.VOLUMES_FROM).isEmpty()
            ? result
            : result.with(
                ServiceKey.VOLUMES_FROM,
                List.copyOf(volumes),
                result.locationOf(ServiceKey.VOLUMES_FROM));
    String mode = result.get(ServiceKey.NETWORK_MODE, "");
    boolean followable =
        !mode.startsWith("service:")
            || known(
                mode.substring("service:".length()),
                result,
                "network_mode",
                result.locationOf(ServiceKey.NETWORK_MODE));
    return followable ? result : result.without(ServiceKey.NETWORK_MODE);
  }

  private ServiceConfig dependencies(ServiceConfig service) {
    SequencedMap<String, Dependency> written =
        service.get(ServiceKey.DEPENDS_ON, new LinkedHashMap<>());
    SequencedMap<String, Dependency> kept = new LinkedHashMap<>();
    written.forEach(
        (name, dependency) -> {
          if (services.containsKey(name)
              || (dependency.required()
                  && known(name, service, "depends_on", dependency.location()))) {
            kept.put(name, dependency);
          }
        });
    return written.isEmpty()
        ? service
        : service.with(ServiceKey.DEPENDS_ON, kept, service.locationOf(ServiceKey.DEPENDS_ON));
  }

  private boolean known(String name, ServiceConfig service, String key, SourceLocation where) {
    if (services.containsKey(name)) {
      return true;
    }
    boolean left = declared.contains(name);
    refuse(
        where,
        "services.%s.%s".formatted(service.name(), key),
        left
            ? "\"%s\" is a service that no active profile selects".formatted(name)
            : "the compose specification wants services of the composition here; there is no \"%s\""
                .formatted(name),
        left
            ? "Add --profile with one of its profiles."
            : Nearest.remedy(name, new LinkedHashSet<>(declared)));
    return false;
  }

  private void refuse(SourceLocation where, String path, String message, String remedy) {
    reading.diagnostics().refuse(Category.INVALID, where, path, message, remedy);
  }

  /** Return the services that a service cannot start without. */
  static Set<String> needs(ServiceConfig service) {
    Set<String> needs =
        new LinkedHashSet<>(service.get(ServiceKey.DEPENDS_ON, new LinkedHashMap<>()).keySet());
    service.get(ServiceKey.LINKS, List.of()).forEach(link -> needs.add(link.service()));
    service.get(ServiceKey.VOLUMES_FROM, List.of()).forEach(from -> needs.add(from.service()));
    String mode = service.get(ServiceKey.NETWORK_MODE, "");
    if (mode.startsWith("service:")) {
      needs.add(mode.substring("service:".length()));
    }
    return needs;
  }
}
