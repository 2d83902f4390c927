package dev.audition.core.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Files that remember which of them were asked for, so that exactly these can be sent elsewhere.
 */
public final class RecordedFiles implements SourceFiles {
  private final SourceFiles files;
  private final SequencedMap<String, Content> read = new LinkedHashMap<>();
  private final SequencedMap<String, Kind> looked = new LinkedHashMap<>();

  /** Record what is asked of these. */
  public RecordedFiles(SourceFiles files) {
    this.files = files;
  }

  @Override
  public synchronized Content read(String path) {
    return read.computeIfAbsent(path, files::read);
  }

  @Override
  public synchronized Kind kind(String path) {
    return looked.computeIfAbsent(path, files::kind);
  }

  @Override
  public String real(String path) {
    return files.real(path);
  }

  @Override
  public String display(String path) {
    return files.display(path);
  }

  /** Return what was read, by path, in the order of the first time. */
  public synchronized SequencedMap<String, Content> read() {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(read));
  }

  /** Return the kinds that were asked for, by path, in the order of the first time. */
  public synchronized SequencedMap<String, Kind> looked() {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(looked));
  }
}
