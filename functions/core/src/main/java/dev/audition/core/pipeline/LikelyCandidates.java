package dev.audition.core.pipeline;

import dev.audition.core.compose.Composition;
import dev.audition.core.compose.Link;
import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Guesses whose exit code the author of a compose file would have decide. */
final class LikelyCandidates {
  private static final Pattern TEST =
      Pattern.compile(
          "(?i)(^|[-_.])(tests?|tester|e2e|integration|specs?|check)([-_.]|$)|tests?$|^tests?");

  private LikelyCandidates() {}

  /**
   * Propose a service: the first whose name says that it tests, else the first that needs others
   * and that none needs; empty if there is neither.
   */
  static Optional<String> of(Composition composition) {
    List<String> names = List.copyOf(composition.services().sequencedKeySet());
    Optional<String> named = names.stream().filter(name -> TEST.matcher(name).find()).findFirst();
    if (named.isPresent()) {
      return named;
    }
    Set<String> needed = new LinkedHashSet<>();
    composition.services().values().forEach(service -> needed.addAll(needs(service)));
    return composition.services().values().stream()
        .filter(service -> !needs(service).isEmpty() && !needed.contains(service.name()))
        .map(ServiceConfig::name)
        .findFirst();
  }

  private static Set<String> needs(ServiceConfig service) {
    Set<String> needs =
        new LinkedHashSet<>(service.get(ServiceKey.DEPENDS_ON, new LinkedHashMap<>()).keySet());
    service.get(ServiceKey.LINKS, List.of()).stream().map(Link::service).forEach(needs::add);
    return needs;
  }
}
