package dev.audition.core.request;

import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;
import dev.audition.core.tree.TreeNode;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Writes a {@link RunRequest} as the JSON that {@link RunRequestReader} reads. */
public final class RunRequestJson {
  private RunRequestJson() {}

  /** Write a request on one line; what has its first value is left out. */
  public static String write(RunRequest request) {
    MappingBuilder json =
        Tree.mapping()
            .putNumber("schema", RunRequestReader.SCHEMA)
            .putText("runId", request.runId().value())
            .putText("project", request.project())
            .put("source", source(request.source()));
    if (request.files().size() > 1) {
      json.putTexts("files", request.files());
    } else {
      json.putText("file", request.files().getFirst());
    }
    putText(json, "step", request.selection().step());
    putTexts(json, "candidates", request.selection().candidates());
    putTexts(json, "profiles", request.selection().profiles());
    putMap(json, "images", request.values().images());
    putMap(json, "variables", request.values().variables());
    putMap(json, "git", request.values().git());
    putMap(json, "environment", request.values().environment());
    putSeconds(json, "timeoutSeconds", request.timeout());
    putSeconds(json, "queueTimeoutSeconds", request.queueTimeout());
    if (request.skipUnsupported()) {
      json.putBool("skipUnsupported", true);
    }
    putText(json, "requestedBy", request.requestedBy());
    return JsonWriter.write(json.build());
  }

  private static TreeNode source(RunRequest.Source source) {
    MappingBuilder json = Tree.mapping().putText("archive", source.archive());
    putText(json, "workspace", source.workspace());
    return json.putText("name", source.name()).build();
  }

  private static void putText(MappingBuilder json, String key, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      json.putText(key, text);
    }
  }

  private static void putSeconds(MappingBuilder json, String key, @Nullable Duration duration) {
    if (duration != null) {
      json.putNumber(key, duration.toSeconds());
    }
  }

  private static void putTexts(MappingBuilder json, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      json.putTexts(key, texts);
    }
  }

  private static void putMap(MappingBuilder json, String key, SequencedMap<String, String> map) {
    if (!map.isEmpty()) {
      json.put(key, Tree.texts(map));
    }
  }
}
