package dev.audition.core.plan;

import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.image.WellKnownImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Refuses two services on one port: the containers of a task share one network, so only one of them
 * can listen on it.
 */
final class PortClashes {
  private static final String REMEDY =
      "Let %s listen on another port (%s) and name that port in whatever connects to it, or put the"
          + " services into steps of their own";

  private final SequencedMap<String, Draft> drafts = new LinkedHashMap<>();
  private final PortReading.Ports ports;
  private final Gates gates;
  private final Findings findings;

  private PortClashes(List<Draft> drafts, PortReading.Ports ports, Gates gates, Findings findings) {
    drafts.forEach(draft -> this.drafts.put(draft.name(), draft));
    this.ports = ports;
    this.gates = gates;
    this.findings = findings;
  }

  /** Refuse every clash among the services of a task. */
  static void check(List<Draft> drafts, PortReading.Ports ports, Gates gates, Findings findings) {
    PortClashes clashes = new PortClashes(drafts, ports, gates, findings);
    clashes.ports();
    drafts.forEach(clashes::replicas);
  }

  private void ports() {
    TreeMap<Integer, List<String>> claims = new TreeMap<>();
    ports
        .claimed()
        .forEach(
            (service, claimed) ->
                claimed.forEach(
                    port ->
                        claims
                            .computeIfAbsent(port.port(), number -> new ArrayList<>())
                            .add(service)));
    // Services that share several ports are told once.
    SequencedMap<List<String>, SortedSet<Integer>> clashes = new LinkedHashMap<>();
    claims.forEach(
        (port, services) -> {
          List<String> together = together(services);
          if (together.size() > 1) {
            clashes.computeIfAbsent(together, none -> new TreeSet<>()).add(port);
          }
        });
    clashes.forEach(this::refuse);
  }

  // One that ends before the other starts has left the port.
  private List<String> together(List<String> services) {
    return services.stream()
        .filter(
            one ->
                services.stream().anyMatch(other -> !one.equals(other) && !gates.apart(one, other)))
        .toList();
  }

  private void refuse(List<String> services, SortedSet<Integer> numbers) {
    int port = numbers.first();
    List<String> claims =
        services.stream()
            .map(
                service ->
                    "%s (%s, %s)".formatted(service, place(service), evidence(service, port)))
            .toList();
    String all = String.join(", ", numbers.stream().map(String::valueOf).toList());
    findings
        .diagnostics()
        .refuse(
            Category.CLASH,
            place(services.getLast()),
            "services." + services.getLast(),
            "%s listen on port%s %s, and the containers of a composition share one network: %s"
                .formatted(
                    Words.and(services), numbers.size() == 1 ? "" : "s", all, Words.and(claims)),
            remedy(services, port));
  }

  private SourceLocation place(String service) {
    return draft(service).location();
  }

  private Draft draft(String service) {
    Draft draft = drafts.get(service);
    if (draft == null) {
      throw new IllegalStateException("service: %s (expected: one of the task)".formatted(service));
    }
    return draft;
  }

  private String evidence(String service, int port) {
    return ports.claimed().getOrDefault(service, List.of()).stream()
        .filter(claim -> claim.port() == port)
        .map(KnownPort::evidence)
        .findFirst()
        .orElse("");
  }

  private String remedy(List<String> services, int port) {
    int free = port;
    while (taken(free)) {
      free++;
    }
    for (String service : services.reversed()) {
      WellKnownImage image = draft(service).wellKnown();
      String advice = image == null ? "" : image.setting().advice(free);
      if (!advice.isEmpty()) {
        return REMEDY.formatted(service, advice);
      }
    }
    return REMEDY.formatted(
        services.getLast(), "by its own setting; what is published does not matter");
  }

  private boolean taken(int port) {
    return ports.known().values().stream()
        .flatMap(List::stream)
        .anyMatch(known -> known.port() == port);
  }

  private void replicas(Draft draft) {
    int scale = draft.service().get(ServiceKey.SCALE, 1);
    if (scale <= 1) {
      return;
    }
    findings
        .diagnostics()
        .refuse(
            Category.CLASH,
            draft.service().locationOf(ServiceKey.SCALE),
            draft.path(ServiceKey.SCALE),
            "%d containers of one service would share one network, one name and one set of ports"
                .formatted(scale),
            "Run one, or write them as services of their own");
  }
}
