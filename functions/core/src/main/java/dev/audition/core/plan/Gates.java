package dev.audition.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Gates by the service that waits.
 *
 * @param byService service to the services it waits for
 */
record Gates(Map<String, SequencedMap<String, Gate>> byService) {
  List<Gate> of(Draft draft) {
    SequencedMap<String, Gate> own = byService.get(draft.name());
    return own == null ? List.of() : List.copyOf(own.values());
  }

  /** Return whether one service waits for another, directly or through others. */
  boolean waits(String service, String other) {
    return reach(service, new LinkedHashSet<>()).contains(other);
  }

  private Set<String> reach(String service, Set<String> reached) {
    SequencedMap<String, Gate> own = byService.get(service);
    if (own != null) {
      own.keySet().stream().filter(reached::add).forEach(next -> reach(next, reached));
    }
    return reached;
  }

  /** Return whether two services are never alive at once, because one waits for the other's end. */
  boolean apart(String one, String other) {
    return waitsForEnd(one, other) || waitsForEnd(other, one);
  }

  private boolean waitsForEnd(String service, String other) {
    Set<String> before = reach(service, new LinkedHashSet<>());
    before.add(service);
    return before.stream()
        .map(byService::get)
        .anyMatch(
            own -> {
              Gate gate = own == null ? null : own.get(other);
              return gate != null && gate.condition() == GateCondition.COMPLETED_SUCCESSFULLY;
            });
  }

  /** Return a circle of services, the first one again at the end; empty if there is none. */
  List<String> circle() {
    for (String service : byService.keySet()) {
      if (waits(service, service)) {
        return circle(service, service, new ArrayList<>(), new LinkedHashSet<>());
      }
    }
    return List.of();
  }

  private List<String> circle(
      String start, String service, List<String> path, Set<String> visited) {
    path.add(service);
    SequencedMap<String, Gate> own = byService.get(service);
    for (String next : own == null ? List.<String>of() : own.keySet()) {
      if (next.equals(start)) {
        path.add(start);
        return path;
      }
      if (visited.add(next)) {
        List<String> found = circle(start, next, path, visited);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    path.removeLast();
    return List.of();
  }

  /** Return services so that each comes after those it waits for; otherwise in their order. */
  List<Draft> sorted(List<Draft> drafts) {
    SequencedMap<String, Draft> byName = new LinkedHashMap<>();
    drafts.forEach(draft -> byName.put(draft.name(), draft));
    Set<Draft> sorted = new LinkedHashSet<>();
    drafts.forEach(draft -> place(draft, byName, sorted, new LinkedHashSet<>()));
    return List.copyOf(sorted);
  }

  private void place(
      Draft draft, Map<String, Draft> byName, Set<Draft> sorted, Set<String> onTheWay) {
    if (!onTheWay.add(draft.name())) {
      return;
    }
    for (Gate gate : of(draft)) {
      Draft before = byName.get(gate.service());
      if (before != null && !sorted.contains(before)) {
        place(before, byName, sorted, onTheWay);
      }
    }
    sorted.add(draft);
  }
}
