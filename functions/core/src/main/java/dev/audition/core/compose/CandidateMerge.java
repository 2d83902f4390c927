package dev.audition.core.compose;

import dev.audition.core.diagnostic.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/**
 * Merges a candidate over the service of its name, key by key, as Codefresh compositions do.
 *
 * <p>Environment and labels are united, the candidate's values winning even when they are empty;
 * volumes are united by source and target and ports by what they say, the candidate's first. Every
 * other key is replaced as a whole, also by a value that is false, 0 or empty.
 */
public final class CandidateMerge {
  private CandidateMerge() {}

  /** Merge; the result has the candidate's name and place. */
  public static ServiceConfig merge(ServiceConfig base, ServiceConfig candidate) {
    ServiceConfig merged = startFrom(base, candidate);
    for (ServiceKey<?> key : candidate.keys()) {
      merged = replace(merged, candidate, key);
    }
    merged = union(merged, base, candidate, ServiceKey.ENVIRONMENT);
    merged = union(merged, base, candidate, ServiceKey.LABELS);
    merged =
        union(
            merged,
            base,
            candidate,
            ServiceKey.VOLUMES,
            volume -> List.of(volume.source(), volume.target()));
    return union(
        merged,
        base,
        candidate,
        ServiceKey.PORTS,
        port -> List.of(port.port(), port.protocol(), port.published()));
  }

  /** An image the candidate names is not built as the base says, and the other way round. */
  private static ServiceConfig startFrom(ServiceConfig base, ServiceConfig candidate) {
    ServiceConfig start = base.named(candidate.name(), candidate.location());
    if (candidate.find(ServiceKey.IMAGE).isPresent()) {
      start = start.without(ServiceKey.BUILD);
    } else if (candidate.find(ServiceKey.BUILD).isPresent()) {
      start = start.without(ServiceKey.IMAGE);
    }
    return start;
  }

  private static <T> ServiceConfig replace(
      ServiceConfig merged, ServiceConfig candidate, ServiceKey<T> key) {
    Optional<T> value = candidate.find(key);
    return value.isPresent() ? merged.with(key, value.get(), candidate.locationOf(key)) : merged;
  }

  private static ServiceConfig union(
      ServiceConfig merged,
      ServiceConfig base,
      ServiceConfig candidate,
      ServiceKey<SequencedMap<String, String>> key) {
    SequencedMap<String, String> united =
        new LinkedHashMap<>(candidate.get(key, new LinkedHashMap<>()));
    base.get(key, new LinkedHashMap<>()).forEach(united::putIfAbsent);
    return united.isEmpty() ? merged : merged.with(key, united, place(base, candidate, key));
  }

  private static <T> ServiceConfig union(
      ServiceConfig merged,
      ServiceConfig base,
      ServiceConfig candidate,
      ServiceKey<List<T>> key,
      Function<T, List<?>> identity) {
    List<T> united = new ArrayList<>();
    Set<List<?>> seen = new LinkedHashSet<>();
    for (ServiceConfig service : List.of(candidate, base)) {
      for (T item : service.get(key, List.of())) {
        if (seen.add(identity.apply(item))) {
          united.add(item);
        }
      }
    }
    return united.isEmpty() ? merged : merged.with(key, united, place(base, candidate, key));
  }

  private static SourceLocation place(
      ServiceConfig base, ServiceConfig candidate, ServiceKey<?> key) {
    return candidate.find(key).isPresent() ? candidate.locationOf(key) : base.locationOf(key);
  }
}
