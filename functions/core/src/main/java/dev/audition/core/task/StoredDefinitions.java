package dev.audition.core.task;

import dev.audition.core.size.TaskSize;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.util.List;

/**
 * Task definitions that were lowered for Fargate as text, as they are kept with a run: what is read
 * equals what was written, whatever a later release would lower the same composition to.
 */
public final class StoredDefinitions {
  /** The version of this form; it grows when an older release could not read it any more. */
  private static final int SCHEMA = 1;

  private StoredDefinitions() {}

  /**
   * Write definitions on one line.
   *
   * @throws IllegalArgumentException if something of one is only for the laptop
   */
  public static String write(List<TaskDefinition> definitions) {
    return JsonWriter.write(
        Tree.mapping()
            .putNumber("schema", SCHEMA)
            .putList("tasks", definitions.stream().map(StoredDefinitions::write).toList())
            .build());
  }

  /**
   * Read definitions.
   *
   * @param name where the text is from, for messages
   * @throws IllegalArgumentException if another release wrote it, or it is none of ours
   */
  public static List<TaskDefinition> read(String text, String name) {
    StoredFields fields = StoredFields.of(JsonReader.read(text, name));
    long schema = fields.number("schema");
    if (schema != SCHEMA) {
      throw new IllegalArgumentException(
          "%s: schema %d (expected: %d; another release wrote it)".formatted(name, schema, SCHEMA));
    }
    return fields.list("tasks", StoredDefinitions::read);
  }

  private static TreeNode write(TaskDefinition definition) {
    return Tree.mapping()
        .putText("family", definition.family())
        .putNumber("cpu", definition.size().cpuUnits())
        .putNumber("memory", definition.size().memoryMiB())
        .putList(
            "containers", definition.containers().stream().map(StoredContainer::write).toList())
        .putTexts("volumes", definition.volumes().stream().map(StoredDefinitions::volume).toList())
        .put("hosts", Tree.texts(definition.hosts()))
        .putText("platform", definition.platform())
        .putText("taskRole", definition.taskRole())
        .putNumber("ephemeralStorageGiB", definition.ephemeralStorageGiB())
        .build();
  }

  private static String volume(TaskVolume volume) {
    return switch (volume) {
      case TaskVolume.Empty empty -> empty.name();
      case TaskVolume.Host _, TaskVolume.Text _ ->
          throw new IllegalArgumentException(
              "volume: \"%s\" (expected: one that Fargate has)".formatted(volume.name()));
    };
  }

  private static TaskDefinition read(StoredFields fields) {
    return new TaskDefinition(
        fields.text("family"),
        new TaskSize((int) fields.number("cpu"), (int) fields.number("memory")),
        fields.list("containers", StoredContainer::read),
        fields.texts("volumes").stream().<TaskVolume>map(TaskVolume.Empty::new).toList(),
        fields.map("hosts"),
        fields.text("platform"),
        fields.text("taskRole"),
        (int) fields.number("ephemeralStorageGiB"));
  }
}
