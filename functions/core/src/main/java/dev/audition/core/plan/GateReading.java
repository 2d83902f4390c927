package dev.audition.core.plan;

import dev.audition.core.compose.Dependency;
import dev.audition.core.compose.DependencyCondition;
import dev.audition.core.compose.Link;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.compose.VolumesFrom;
import dev.audition.core.diagnostic.Category;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Settles what waits for what.
 *
 * <p>The long form of {@code depends_on} means what it says; the short form and {@code links} mean
 * ready. A candidate with neither waits for every service that does not wait for it.
 */
final class GateReading {
  private static final String SERVICE_NETWORK = "service:";

  private final SequencedMap<String, Draft> drafts = new LinkedHashMap<>();
  private final Readiness readiness;
  private final Findings findings;
  private final SequencedMap<String, SequencedMap<String, Gate>> gates = new LinkedHashMap<>();

  private GateReading(List<Draft> drafts, Readiness readiness, Findings findings) {
    drafts.forEach(draft -> this.drafts.put(draft.name(), draft));
    this.readiness = readiness;
    this.findings = findings;
  }

  /** Return the services that others want to see end with exit code 0, in their order. */
  static Set<String> oneShots(List<Draft> drafts) {
    Set<String> oneShots = new LinkedHashSet<>();
    for (Draft draft : drafts) {
      dependencies(draft)
          .forEach(
              (service, dependency) -> {
                if (dependency.condition() == DependencyCondition.SERVICE_COMPLETED_SUCCESSFULLY) {
                  oneShots.add(service);
                }
              });
    }
    return oneShots;
  }

  /** Settle the gates of all services of a task; the reader has refused a circle already. */
  static Gates read(List<Draft> drafts, Readiness readiness, Findings findings) {
    GateReading reading = new GateReading(drafts, readiness, findings);
    drafts.forEach(reading::written);
    Gates written = new Gates(reading.gates);
    if (!written.circle().isEmpty()) {
      return written; // who waits for whom has no answer
    }
    drafts.stream().filter(Draft::candidate).forEach(reading::unwritten);
    return new Gates(reading.gates);
  }

  private static SequencedMap<String, Dependency> dependencies(Draft draft) {
    return draft.service().get(ServiceKey.DEPENDS_ON, new LinkedHashMap<>());
  }

  private void written(Draft draft) {
    SequencedMap<String, Gate> own = new LinkedHashMap<>();
    dependencies(draft)
        .forEach(
            (service, dependency) -> {
              if (drafts.containsKey(service)) {
                own.put(service, gate(draft, service, dependency));
              }
            });
    for (Link link : draft.service().get(ServiceKey.LINKS, List.of())) {
      wait(own, link.service(), readiness.ready(link.service()), "links in " + link.location());
    }
    // Compose starts these in order too, and promises no more.
    for (VolumesFrom from : draft.service().get(ServiceKey.VOLUMES_FROM, List.of())) {
      wait(own, from.service(), GateCondition.STARTED, "volumes_from in " + from.location());
    }
    String mode = draft.service().get(ServiceKey.NETWORK_MODE, "");
    if (mode.startsWith(SERVICE_NETWORK)) {
      wait(
          own,
          mode.substring(SERVICE_NETWORK.length()),
          GateCondition.STARTED,
          "network_mode in " + draft.service().locationOf(ServiceKey.NETWORK_MODE));
    }
    own.remove(draft.name());
    gates.put(draft.name(), own);
  }

  private void wait(
      SequencedMap<String, Gate> own, String service, GateCondition condition, String reason) {
    if (drafts.containsKey(service)) {
      own.putIfAbsent(service, new Gate(service, condition, reason));
    }
  }

  private Gate gate(Draft draft, String service, Dependency dependency) {
    String reason = "depends_on in " + dependency.location();
    DependencyCondition condition = dependency.condition();
    if (condition == null) {
      return new Gate(service, readiness.ready(service), reason);
    }
    return switch (condition) {
      case SERVICE_STARTED -> new Gate(service, GateCondition.STARTED, reason);
      case SERVICE_COMPLETED_SUCCESSFULLY ->
          new Gate(service, GateCondition.COMPLETED_SUCCESSFULLY, reason);
      case SERVICE_HEALTHY -> {
        checkHealth(draft, service, dependency);
        yield new Gate(service, GateCondition.HEALTHY, reason);
      }
    };
  }

  private void checkHealth(Draft draft, String service, Dependency dependency) {
    Draft target = drafts.get(service);
    if (target == null || readiness.health().containsKey(service)) {
      return;
    }
    boolean disabled =
        target.service().find(ServiceKey.HEALTHCHECK).filter(check -> check.disabled()).isPresent();
    if (target.config() == null && !disabled) {
      findings.unknown(
          target, "whether it has the health check that %s waits for".formatted(draft.name()));
      return;
    }
    findings
        .diagnostics()
        .refuse(
            Category.INVALID,
            dependency.location(),
            draft.path(ServiceKey.DEPENDS_ON) + "." + service,
            "%s waits until %s is healthy, and %s has no health check"
                .formatted(draft.name(), service, service),
            "Add a healthcheck to services.%s, or wait with service_started".formatted(service));
  }

  private void unwritten(Draft candidate) {
    SequencedMap<String, Gate> own = own(candidate);
    boolean silent =
        dependencies(candidate).isEmpty()
            && candidate.service().get(ServiceKey.LINKS, List.of()).isEmpty();
    if (!silent) {
      return;
    }
    List<String> waited = new ArrayList<>();
    for (Draft service : drafts.values()) {
      if (service.candidate() || new Gates(gates).waits(service.name(), candidate.name())) {
        continue;
      }
      GateCondition condition =
          readiness.oneShots().contains(service.name())
              ? GateCondition.COMPLETED_SUCCESSFULLY
              : readiness.ready(service.name());
      own.put(
          service.name(),
          new Gate(
              service.name(), condition, "a candidate without depends_on waits for every service"));
      waited.add(service.name());
    }
    if (!waited.isEmpty()) {
      findings.reading(
          "%s: waits for %s (a candidate without depends_on waits for every service)"
              .formatted(candidate.name(), Words.and(waited)));
    }
  }

  private SequencedMap<String, Gate> own(Draft draft) {
    return gates.computeIfAbsent(draft.name(), name -> new LinkedHashMap<>());
  }
}
