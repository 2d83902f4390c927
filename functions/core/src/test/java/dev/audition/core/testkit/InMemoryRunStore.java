package dev.audition.core.testkit;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RunStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs in memory; safe for several threads. */
public final class InMemoryRunStore implements RunStore {
  private record TextKey(RunId id, String name) {}

  private final Map<RunId, Run> runs = new LinkedHashMap<>();
  private final Map<TextKey, String> texts = new LinkedHashMap<>();

  @Override
  public synchronized boolean create(Run run) {
    return runs.putIfAbsent(run.id(), run) == null;
  }

  @Override
  public synchronized Optional<Run> load(RunId id) {
    return Optional.ofNullable(runs.get(id));
  }

  @Override
  public synchronized boolean commit(Run next, long expectedVersion) {
    Run stored = runs.get(next.id());
    if (stored == null || stored.version() != expectedVersion) {
      return false;
    }
    runs.put(next.id(), next);
    return true;
  }

  @Override
  public synchronized List<RunId> active(Instant now) {
    return runs.values().stream()
        .filter(run -> due(run, now))
        .sorted(Comparator.comparing(run -> run.times().nextCheckAt()))
        .map(Run::id)
        .toList();
  }

  private static boolean due(Run run, Instant now) {
    Instant next = run.times().nextCheckAt();
    return next != null && !next.isAfter(now);
  }

  @Override
  public synchronized List<RunId> newest(int limit) {
    return runs.values().stream()
        .sorted(Comparator.comparing((Run run) -> run.times().createdAt()).reversed())
        .limit(limit)
        .map(Run::id)
        .toList();
  }

  @Override
  public synchronized void putText(RunId id, String name, String text) {
    texts.put(new TextKey(id, name), text);
  }

  @Override
  public synchronized boolean addText(RunId id, String name, String text) {
    return texts.putIfAbsent(new TextKey(id, name), text) == null;
  }

  @Override
  public synchronized Optional<String> text(RunId id, String name) {
    return Optional.ofNullable(texts.get(new TextKey(id, name)));
  }
}
