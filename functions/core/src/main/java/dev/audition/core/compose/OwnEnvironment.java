package dev.audition.core.compose;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows which names a container of a pipeline has in its environment before anything is merged: a
 * service's own and those of the candidate of its name, and the other way round.
 */
final class OwnEnvironment {
  private final Reading reading;
  private final Map<String, Set<String>> names = new HashMap<>();

  OwnEnvironment(Reading reading) {
    this.reading = reading;
    if (!reading.request().pipeline()) {
      return;
    }
    for (ComposeSource source : reading.request().sources()) {
      if (source instanceof ComposeSource.Inline(Mapping root)) {
        root.find("services").ifPresent(this::collect);
      }
    }
    TreeNode candidates = reading.request().candidates();
    if (candidates != null) {
      collect(candidates);
    }
  }

  private void collect(TreeNode services) {
    if (services instanceof Mapping mapping) {
      mapping
          .entries()
          .forEach(
              entry ->
                  names
                      .computeIfAbsent(entry.key(), _ -> new HashSet<>())
                      .addAll(written(entry.value())));
    }
  }

  /** Return the names in the environment of a service's container. */
  Set<String> names(Entry service) {
    Set<String> all = new HashSet<>(names.getOrDefault(service.key(), Set.of()));
    all.addAll(written(service.value()));
    return all;
  }

  private Set<String> written(TreeNode service) {
    Set<String> written = new HashSet<>();
    if (service instanceof Mapping keys) {
      keys.find("environment").ifPresent(node -> written.addAll(keyed(node)));
      keys.find("env_file").ifPresent(node -> files(node).forEach(file -> read(file, written)));
    }
    return written;
  }

  private static Set<String> keyed(TreeNode node) {
    Set<String> keys = new HashSet<>();
    switch (node) {
      case Mapping mapping -> keys.addAll(mapping.keys());
      case Sequence sequence -> {
        for (TreeNode item : sequence.items()) {
          if (item instanceof Scalar scalar) {
            int equals = scalar.text().indexOf('=');
            keys.add(equals < 0 ? scalar.text() : scalar.text().substring(0, equals));
          }
        }
      }
      case Scalar _ -> {}
    }
    return keys;
  }

  private static List<Scalar> files(TreeNode node) {
    return switch (node) {
      case Scalar scalar -> List.of(scalar);
      case Sequence sequence ->
          sequence.items().stream().flatMap(item -> files(item).stream()).toList();
      case Mapping mapping -> mapping.find("path").map(OwnEnvironment::files).orElse(List.of());
    };
  }

  private void read(Scalar file, Set<String> written) {
    String path = reading.resolve(file.text(), file.location());
    if (reading.files().read(path) instanceof SourceFiles.Content.Text(String text)
        && reading.budget().characters(text.length())) {
      written.addAll(
          EnvFile.parse(text, "", _ -> Optional.of(""), (value, _, _) -> value, new Diagnostics())
              .keySet());
    }
  }
}
