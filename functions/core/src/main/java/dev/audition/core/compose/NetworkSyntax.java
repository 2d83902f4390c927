package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads what names other services, hosts and networks. */
final class NetworkSyntax {
  private static final Set<String> ATTACHMENT_KEYS =
      Set.of(
          "aliases",
          "interface_name",
          "ipv4_address",
          "ipv6_address",
          "link_local_ips",
          "mac_address",
          "driver_opts",
          "priority",
          "gw_priority");
  private static final Set<String> ADDRESSES =
      Set.of("ipv4_address", "ipv6_address", "link_local_ips", "mac_address");
  private static final Set<String> DEPENDENCY_KEYS = Set.of("condition", "required", "restart");
  private static final Map<String, DependencyCondition> CONDITIONS =
      Map.of(
          "service_started", DependencyCondition.SERVICE_STARTED,
          "service_healthy", DependencyCondition.SERVICE_HEALTHY,
          "service_completed_successfully", DependencyCondition.SERVICE_COMPLETED_SUCCESSFULLY);

  private NetworkSyntax() {}

  /** Read {@code networks}. */
  static SequencedMap<String, NetworkAttachment> networks(Field field) {
    SequencedMap<String, NetworkAttachment> networks = new LinkedHashMap<>();
    namesOrEntries(
        field,
        "a list of networks or a mapping of them",
        (name, entry) -> networks.put(name, attachment(entry)));
    return networks;
  }

  private static NetworkAttachment attachment(@Nullable Field entry) {
    if (entry == null || entry.isNull()) {
      return new NetworkAttachment(List.of());
    }
    if (!entry.isMapping()) {
      entry.wrongType("nothing, or a mapping with aliases");
    }
    entry.onlyKeys("key of a service's network", ATTACHMENT_KEYS);
    for (Field key : entry.isMapping() ? entry.entries("") : List.<Field>of()) {
      if (ADDRESSES.contains(key.key())) {
        key.noEffect("containers get no addresses of their own", "Use names instead.");
      }
    }
    Field aliases = entry.find("aliases");
    return new NetworkAttachment(aliases == null ? List.of() : aliases.textsOrOne());
  }

  /** Read {@code depends_on}. */
  static SequencedMap<String, Dependency> dependsOn(Field field) {
    SequencedMap<String, Dependency> dependencies = new LinkedHashMap<>();
    namesOrEntries(
        field,
        "a list of services or a mapping of them",
        (name, entry) -> {
          if (entry == null || entry.isNull()) {
            dependencies.put(
                name,
                new Dependency(null, true, entry == null ? field.location() : entry.keyLocation()));
          } else {
            dependencies.put(name, dependency(entry));
          }
        });
    return dependencies;
  }

  private static Dependency dependency(Field entry) {
    if (!entry.isMapping()) {
      entry.wrongType("a mapping with condition");
    }
    entry.onlyKeys("key of a dependency", DEPENDENCY_KEYS);
    Field condition = entry.find("condition");
    if (condition == null && entry.isMapping()) {
      entry.invalid(
          "the compose specification wants a condition in the long form of depends_on",
          "Write condition: service_started, service_healthy or service_completed_successfully.");
    }
    Field required = entry.find("required");
    return new Dependency(
        condition == null ? null : condition(condition),
        required == null || !Boolean.FALSE.equals(required.bool()),
        entry.keyLocation());
  }

  private static @Nullable DependencyCondition condition(Field field) {
    String text = field.text("a condition");
    DependencyCondition condition = text == null ? null : CONDITIONS.get(text);
    if (text != null && condition == null) {
      field.invalid(
          "the compose specification knows no condition \"%s\"".formatted(text),
          Nearest.remedy(text, CONDITIONS.keySet()));
    }
    return condition;
  }

  private static void namesOrEntries(
      Field field, String expected, BiConsumer<String, @Nullable Field> each) {
    if (field.isSequence()) {
      for (Field item : field.items("")) {
        String name = item.text("a name");
        if (name != null) {
          each.accept(name, item.named());
        }
      }
    } else {
      for (Field entry : field.entries(expected)) {
        each.accept(entry.key(), entry);
      }
    }
  }

  /** Read {@code links}. */
  static List<Link> links(Field field) {
    List<Link> links = new ArrayList<>();
    for (Field item : field.items("a list of service[:alias]")) {
      String text = item.text("service[:alias]");
      if (text != null) {
        int colon = text.indexOf(':');
        String service = colon < 0 ? text : text.substring(0, colon);
        String alias = colon < 0 ? text : text.substring(colon + 1);
        if (service.isEmpty() || alias.isEmpty() || alias.indexOf(':') >= 0) {
          item.invalid("\"%s\" is not a link (expected: service[:alias])".formatted(text), "");
        } else {
          links.add(new Link(service, alias, item.location()));
        }
      }
    }
    return links;
  }

  /** Read {@code volumes_from}. */
  static List<VolumesFrom> volumesFrom(Field field) {
    List<VolumesFrom> from = new ArrayList<>();
    for (Field item : field.items("a list of service[:ro]")) {
      String text = item.text("service[:ro]");
      if (text == null) {
        continue;
      }
      if (text.startsWith("container:")) {
        item.refuse(
            Category.EXTERNAL_RESOURCE,
            "\"%s\" is a container that somebody else made".formatted(text),
            "Name a service of the composition.");
        continue;
      }
      String[] parts = text.split(":", -1);
      String mode = parts.length == 2 ? parts[1] : "rw";
      if (parts.length > 2 || parts[0].isEmpty() || !Set.of("ro", "rw", "z", "Z").contains(mode)) {
        item.invalid("\"%s\" is not a service[:ro|rw]".formatted(text), "");
      } else {
        from.add(new VolumesFrom(parts[0], mode.equals("ro"), item.location()));
      }
    }
    return from;
  }

  /** Read {@code extra_hosts}; the host's own address is not to be had. */
  static SequencedMap<String, List<String>> extraHosts(Field field) {
    SequencedMap<String, List<String>> hosts = new LinkedHashMap<>();
    if (field.isMapping()) {
      for (Field entry : field.entries("")) {
        for (Field address : entry.itemsOrOne("an address or a list of them")) {
          String text = address.text("an address");
          if (text != null) {
            addHost(address, entry.key(), text, hosts);
          }
        }
      }
      return hosts;
    }
    for (Field item : field.items("a list of host=address, or a mapping")) {
      String text = item.text("host=address");
      if (text != null) {
        int separator = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
        if (separator <= 0) {
          item.invalid("\"%s\" is not host=address".formatted(text), "");
        } else {
          addHost(item, text.substring(0, separator), text.substring(separator + 1), hosts);
        }
      }
    }
    return hosts;
  }

  private static void addHost(
      Field item, String host, String written, SequencedMap<String, List<String>> hosts) {
    String address = written.strip();
    if (address.startsWith("[") && address.endsWith("]")) {
      address = address.substring(1, address.length() - 1);
    }
    if (address.equals("host-gateway")) {
      item.noEffect(
          "%s cannot name the host: containers here do not reach it".formatted(host),
          "Run what is needed there as a service.");
    } else if (address.isEmpty() || !address.matches("[0-9a-fA-F:.%]+")) {
      item.invalid("\"%s\" is not an address for %s".formatted(written, host), "");
    } else {
      List<String> addresses = hosts.computeIfAbsent(host.strip(), _ -> new ArrayList<>());
      if (!addresses.contains(address)) {
        addresses.add(address);
      }
    }
  }
}
