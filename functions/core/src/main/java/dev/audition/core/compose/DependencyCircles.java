package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** Finds services that wait for one another, and shows each circle as a whole. */
final class DependencyCircles {
  private final Reading reading;
  private final SequencedMap<String, ServiceConfig> services;
  private final Set<String> left = new HashSet<>();
  private final List<String> chain = new ArrayList<>();

  DependencyCircles(Reading reading, SequencedMap<String, ServiceConfig> services) {
    this.reading = reading;
    this.services = services;
  }

  /** Refuse each circle, at the service it was found from first. */
  void refuse() {
    services.keySet().forEach(this::visit);
  }

  private void visit(String name) {
    ServiceConfig service = services.get(name);
    if (service == null || left.contains(name)) {
      return;
    }
    int seen = chain.indexOf(name);
    if (seen >= 0) {
      List<String> circle = new ArrayList<>(chain.subList(seen, chain.size()));
      circle.add(name);
      reading
          .diagnostics()
          .refuse(
              Category.INVALID,
              service.location(),
              "services." + name,
              "services wait for one another, which the compose specification forbids: "
                  + String.join(" -> ", circle),
              "Remove one of the dependencies.");
      return;
    }
    chain.add(name);
    CompositionChecks.needs(service).forEach(this::visit);
    chain.removeLast();
    left.add(name);
  }
}
