package dev.audition.core.plan;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How each service shows that it is ready.
 *
 * @param health its check; a service without one is absent
 * @param listening how it is dialled; a service that is not is absent
 * @param oneShots services that others wait to see end
 */
record Readiness(
    Map<String, HealthProbe> health, Map<String, Listening> listening, Set<String> oneShots) {

  /** Settle the readiness of all services of a task. */
  static Readiness of(
      List<Draft> drafts, PortReading.Ports ports, Set<String> oneShots, Findings findings) {
    Map<String, HealthProbe> health = new HashMap<>();
    Map<String, Listening> listening = new HashMap<>();
    HealthReading reading = new HealthReading(ports, findings);
    for (Draft draft : drafts) {
      HealthProbe probe = reading.read(draft);
      List<Integer> dialled =
          ports.decisive(draft).stream().map(KnownPort::port).distinct().toList();
      if (probe != null) {
        health.put(draft.name(), probe);
      } else if (!dialled.isEmpty() && !oneShots.contains(draft.name())) {
        listening.put(draft.name(), new Listening(dialled, Listening.LIMIT));
      }
    }
    return new Readiness(health, listening, new LinkedHashSet<>(oneShots));
  }

  /** Return what it means to wait for a service that is said to be ready when others start. */
  GateCondition ready(String service) {
    if (oneShots.contains(service)) {
      return GateCondition.STARTED;
    }
    if (health.containsKey(service)) {
      return GateCondition.HEALTHY;
    }
    return listening.containsKey(service) ? GateCondition.LISTENING : GateCondition.STARTED;
  }

  @Nullable HealthProbe health(Draft draft) {
    return health.get(draft.name());
  }

  @Nullable Listening listening(Draft draft) {
    return listening.get(draft.name());
  }
}
