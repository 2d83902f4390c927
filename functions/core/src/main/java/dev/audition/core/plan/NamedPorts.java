package dev.audition.core.plan;

import dev.audition.core.compose.Healthcheck;
import dev.audition.core.compose.PortMapping;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.plan.KnownPort.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code <service>:<port>} in what other containers are given: environment, command, entry
 * point, health check.
 */
final class NamedPorts {
  /** No server of a test listens below; a number this small is a version. */
  private static final int LEAST_PORT = 21;

  private static final int GREATEST_PORT = 65535;

  // POSTGRES_IMAGE=postgres:16 names no port.
  private static final Pattern NAMES_AN_IMAGE = Pattern.compile("(?i).*(?:image|version|tag).*");

  private NamedPorts() {}

  /** Find them, by the name of the service that is meant. */
  static Map<String, List<KnownPort>> find(List<Draft> drafts, ServiceNames names) {
    Map<String, String> services = services(names);
    Map<String, List<KnownPort>> found = new LinkedHashMap<>();
    if (services.isEmpty()) {
      return found;
    }
    Pattern mention = mention(services);
    for (Draft draft : drafts) {
      texts(draft)
          .forEach((where, text) -> scan(draft, where, mention.matcher(text), services, found));
    }
    drafts.forEach(draft -> withoutDatagrams(draft, found));
    return found;
  }

  // A name that two services have points at neither of them.
  private static Map<String, String> services(ServiceNames names) {
    Map<String, String> services = new HashMap<>();
    names
        .byService()
        .forEach(
            (service, own) ->
                own.forEach(name -> services.merge(name, service, (a, b) -> a.equals(b) ? a : "")));
    services.values().removeIf(String::isEmpty);
    services.remove("localhost");
    return services;
  }

  private static Pattern mention(Map<String, String> services) {
    String alternatives =
        services.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    // Not part of a longer name, of a version, or of user:password@.
    return Pattern.compile("(?<![\\w.-])(" + alternatives + "):([0-9]{2,5})(?![\\w@-]|\\.\\w)");
  }

  private static SequencedMap<String, String> texts(Draft draft) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    draft
        .environment()
        .forEach(
            (name, value) -> {
              if (!NAMES_AN_IMAGE.matcher(name).matches()) {
                texts.put(name, Objects.requireNonNullElse(value, ""));
              }
            });
    texts.put("entrypoint", text(draft.entrypoint()));
    texts.put("command", text(draft.command()));
    draft
        .service()
        .find(ServiceKey.HEALTHCHECK)
        .map(Healthcheck::test)
        .ifPresent(test -> texts.put("healthcheck", text(test)));
    return texts;
  }

  private static String text(@Nullable List<String> words) {
    return words == null ? "" : String.join(" ", words);
  }

  private static void scan(
      Draft draft,
      String where,
      Matcher matcher,
      Map<String, String> services,
      Map<String, List<KnownPort>> found) {
    while (matcher.find()) {
      String service = services.getOrDefault(matcher.group(1), "");
      int port = Integer.parseInt(matcher.group(2));
      if (service.equals(draft.name()) || port < LEAST_PORT || port > GREATEST_PORT) {
        continue;
      }
      List<KnownPort> ports = found.computeIfAbsent(service, name -> new ArrayList<>());
      if (ports.stream().noneMatch(known -> known.port() == port)) {
        ports.add(
            new KnownPort(
                port,
                Origin.NAMED_BY_OTHERS,
                "%s of %s names %s".formatted(where, draft.name(), matcher.group())));
      }
    }
  }

  private static void withoutDatagrams(Draft draft, Map<String, List<KnownPort>> found) {
    List<KnownPort> ports = found.get(draft.name());
    if (ports == null) {
      return;
    }
    List<PortMapping> mappings = new ArrayList<>();
    mappings.addAll(draft.service().get(ServiceKey.PORTS, List.of()));
    mappings.addAll(draft.service().get(ServiceKey.EXPOSE, List.of()));
    ports.removeIf(
        known ->
            mappings.stream().anyMatch(mapping -> is(mapping, known.port(), "udp"))
                && mappings.stream().noneMatch(mapping -> is(mapping, known.port(), "tcp")));
  }

  private static boolean is(PortMapping mapping, int port, String protocol) {
    return mapping.port() == port && mapping.protocol().equals(protocol);
  }
}
