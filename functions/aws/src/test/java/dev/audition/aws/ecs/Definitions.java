package dev.audition.aws.ecs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A registry in memory. */
final class Definitions implements DefinitionRegistry {
  final Map<String, String> known = new LinkedHashMap<>();

  @Override
  public Optional<String> find(String hash) {
    return Optional.ofNullable(known.get(hash));
  }

  @Override
  public boolean remembers(String hash) {
    return known.containsKey(hash);
  }

  @Override
  public void put(String hash, String arn) {
    known.put(hash, arn);
  }

  @Override
  public void forget(String hash) {
    known.remove(hash);
  }
}
