package dev.audition.handlers;

import dev.audition.core.run.RunFiles;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Keeps the values of a step's variables between its preparation and its launches: in a private
 * file beside its environment files, never in the table.
 */
record StepValues(BlobStore blobs) {
  /** Ten containers with all that Fargate takes of variables. */
  private static final long MOST_BYTES = 8L << 20;

  /** Keep the values of a step's tasks, in the order of their numbers. */
  void keep(RunId run, int step, List<LaunchValues> tasks) {
    String json =
        JsonWriter.write(
            Tree.mapping()
                .putNumber("schema", 1)
                .putList("tasks", tasks.stream().map(StepValues::write).toList())
                .build());
    blobs.put(RunFiles.values(run, step), json.getBytes(StandardCharsets.UTF_8));
  }

  /** Return what was kept; empty if nothing was. */
  Optional<List<LaunchValues>> kept(RunId run, int step) {
    String key = RunFiles.values(run, step);
    return blobs.get(key, MOST_BYTES).map(bytes -> read(bytes, key));
  }

  private static List<LaunchValues> read(byte[] bytes, String name) {
    TreeNode json = JsonReader.read(new String(bytes, StandardCharsets.UTF_8), name);
    if (json instanceof Mapping mapping
        && mapping.find("tasks").orElse(null) instanceof Sequence tasks) {
      return tasks.items().stream().map(StepValues::read).toList();
    }
    throw new IllegalArgumentException(name + ": no tasks (expected: values of a step)");
  }

  private static TreeNode write(LaunchValues values) {
    return Tree.mapping()
        .put("files", write(values.files()))
        .put("overrides", write(values.overrides()))
        .build();
  }

  private static TreeNode write(SequencedMap<String, SequencedMap<String, String>> containers) {
    MappingBuilder json = Tree.mapping();
    containers.forEach((container, variables) -> json.put(container, Tree.texts(variables)));
    return json.build();
  }

  private static LaunchValues read(TreeNode task) {
    return new LaunchValues(containers(task, "files"), containers(task, "overrides"));
  }

  private static SequencedMap<String, SequencedMap<String, String>> containers(
      TreeNode task, String key) {
    SequencedMap<String, SequencedMap<String, String>> containers = new LinkedHashMap<>();
    for (Entry container : entries(((Mapping) task).find(key).orElseThrow())) {
      SequencedMap<String, String> variables = new LinkedHashMap<>();
      for (Entry variable : entries(container.value())) {
        variables.put(variable.key(), ((Scalar) variable.value()).text());
      }
      containers.put(container.key(), variables);
    }
    return containers;
  }

  private static List<Entry> entries(TreeNode node) {
    return ((Mapping) node).entries();
  }
}
