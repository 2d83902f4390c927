package dev.audition.core.pipeline;

import dev.audition.core.source.SourceFiles;
import java.util.HashMap;
import java.util.Map;

/** A workspace at {@code /ws}, shown relative to it. */
final class FilesInMemory implements SourceFiles {
  static final String ROOT = "/ws";

  private final Map<String, String> texts = new HashMap<>();

  /** Put a file, named from the root. */
  FilesInMemory with(String name, String text) {
    texts.put(ROOT + "/" + name, text);
    return this;
  }

  @Override
  public Content read(String path) {
    String text = texts.get(path);
    return text == null ? new Content.Missing() : new Content.Text(text);
  }

  @Override
  public Kind kind(String path) {
    if (texts.containsKey(path)) {
      return Kind.FILE;
    }
    return path.equals(ROOT)
            || texts.keySet().stream().anyMatch(name -> name.startsWith(path + "/"))
        ? Kind.FOLDER
        : Kind.ABSENT;
  }

  @Override
  public String display(String path) {
    return path.startsWith(ROOT + "/") ? path.substring(ROOT.length() + 1) : path;
  }
}
