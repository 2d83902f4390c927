package dev.audition.core.plan;

import dev.audition.core.compose.Link;
import dev.audition.core.compose.NetworkAttachment;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/**
 * The names of services: those other containers call them by, and those ECS knows them by.
 *
 * @param byService each service's host names, its own first
 * @param hosts name to address, services first
 * @param containerNames service to ECS container name
 */
record ServiceNames(
    SequencedMap<String, SequencedSet<String>> byService,
    SequencedMap<String, String> hosts,
    Map<String, String> containerNames) {
  /** All containers of a task share one network. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final int LONGEST_CONTAINER_NAME = 255;
  private static final String OURS = "audition-";

  /** Settle the names of all services of a task. */
  static ServiceNames of(List<Draft> drafts, Findings findings) {
    SequencedMap<String, SequencedSet<String>> names = new LinkedHashMap<>();
    drafts.forEach(draft -> names.put(draft.name(), ownNames(draft)));
    drafts.forEach(draft -> addLinkAliases(draft, names));
    SequencedMap<String, String> hosts = new LinkedHashMap<>();
    names.values().forEach(own -> own.forEach(name -> hosts.put(name, LOOPBACK)));
    drafts.forEach(draft -> addExtraHosts(draft, hosts, findings));
    return new ServiceNames(names, hosts, containerNames(drafts));
  }

  private static SequencedSet<String> ownNames(Draft draft) {
    SequencedSet<String> names = new LinkedHashSet<>();
    names.add(draft.name());
    draft.service().find(ServiceKey.CONTAINER_NAME).ifPresent(names::add);
    draft
        .service()
        .find(ServiceKey.HOSTNAME)
        .ifPresent(
            hostname -> {
              names.add(hostname);
              draft
                  .service()
                  .find(ServiceKey.DOMAINNAME)
                  .ifPresent(domain -> names.add(hostname + "." + domain));
            });
    SequencedMap<String, NetworkAttachment> networks =
        draft.service().get(ServiceKey.NETWORKS, new LinkedHashMap<>());
    networks.values().forEach(network -> names.addAll(network.aliases()));
    names.remove("");
    return names;
  }

  private static void addLinkAliases(
      Draft draft, SequencedMap<String, SequencedSet<String>> names) {
    for (Link link : draft.service().get(ServiceKey.LINKS, List.of())) {
      SequencedSet<String> target = names.get(link.service());
      if (target != null && !link.alias().isEmpty()) {
        target.add(link.alias());
      }
    }
  }

  private static void addExtraHosts(
      Draft draft, SequencedMap<String, String> hosts, Findings findings) {
    SequencedMap<String, List<String>> extra =
        draft.service().get(ServiceKey.EXTRA_HOSTS, new LinkedHashMap<>());
    extra.forEach((name, addresses) -> addExtraHost(draft, name, addresses, hosts, findings));
  }

  private static void addExtraHost(
      Draft draft,
      String name,
      List<String> addresses,
      SequencedMap<String, String> hosts,
      Findings findings) {
    SourceLocation where = draft.service().locationOf(ServiceKey.EXTRA_HOSTS);
    String path = draft.path(ServiceKey.EXTRA_HOSTS) + "." + name;
    if (addresses.isEmpty()) {
      return;
    }
    if (addresses.contains("host-gateway")) {
      findings
          .diagnostics()
          .refuse(
              Category.HOST_ACCESS,
              where,
              path,
              "host-gateway is the machine around the containers, and there is none on Fargate",
              "Run what is needed as a service of the composition");
      return;
    }
    String address = addresses.getFirst();
    String other = hosts.get(name);
    if (other != null && !other.equals(address)) {
      findings
          .diagnostics()
          .refuse(
              Category.CLASH,
              where,
              path,
              "\"%s\" is to be %s, and elsewhere %s; all containers share one hosts file"
                  .formatted(name, address, other),
              "Use another name for one of the two");
      return;
    }
    hosts.put(name, address);
    if (addresses.size() > 1) {
      findings
          .diagnostics()
          .warn(
              Category.NO_EFFECT,
              where,
              path,
              "a name has one address here, the first: " + address,
              "");
    }
  }

  private static Map<String, String> containerNames(List<Draft> drafts) {
    Map<String, String> names = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Draft draft : drafts) {
      String base = containerName(draft.name());
      String name = base;
      for (int i = 2; !taken.add(name); i++) {
        name = base + "-" + i;
      }
      names.put(draft.name(), name);
    }
    return names;
  }

  /** Return a name ECS takes: letters, digits, - and _, at most 255, not beginning like ours. */
  private static String containerName(String service) {
    String name = service.replaceAll("[^A-Za-z0-9_-]", "-");
    if (name.startsWith(OURS)) {
      name = "service-" + name;
    }
    // Room for a number that tells two apart.
    int most = LONGEST_CONTAINER_NAME - 5;
    return name.length() > most ? name.substring(0, most) : name;
  }
}
