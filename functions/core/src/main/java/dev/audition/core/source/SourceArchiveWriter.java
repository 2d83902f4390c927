package dev.audition.core.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs what reading needs of a workspace: texts, and a list of the other paths. The same files
 * give the same bytes. What goes beyond a limit of {@link SourceArchive} is not taken, and the
 * caller is told.
 */
public final class SourceArchiveWriter {
  /** The first moment a zip can hold, so that archives do not differ by when they were made. */
  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final SortedMap<String, byte[]> contents = new TreeMap<>();
  private final SortedSet<String> listed = new TreeSet<>();
  private int bytes;

  /**
   * Add a file with its content.
   *
   * @param path from the root, {@code /} between names
   * @return false, with nothing added, if it does not fit; true as well if it is there already
   */
  public boolean add(String path, byte[] content) {
    if (contents.containsKey(path)) {
      return true;
    }
    if (!ArchiveLimits.allows(path)
        || path.equals(ArchiveLimits.LISTING)
        || content.length > SourceFiles.MAXIMUM_BYTES
        || contents.size() + 1 >= ArchiveLimits.ENTRIES
        || content.length > ArchiveLimits.TOTAL_BYTES - bytes) {
      return false;
    }
    contents.put(path, content.clone());
    bytes += content.length;
    return true;
  }

  /**
   * List a path without its content.
   *
   * @return false, with nothing added, if it does not fit
   */
  public boolean list(String path, SourceFiles.Kind kind) {
    String line = kind == SourceFiles.Kind.FOLDER ? path + "/" : path;
    int length = line.getBytes(StandardCharsets.UTF_8).length + 1;
    if (!ArchiveLimits.allows(path)
        || listed.size() >= ArchiveLimits.LISTED_PATHS
        || length > ArchiveLimits.TOTAL_BYTES - bytes) {
      return false;
    }
    if (kind != SourceFiles.Kind.ABSENT && listed.add(line)) {
      bytes += length;
    }
    return true;
  }

  /** Return the archive. */
  public byte[] zip() {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream stream = new ZipOutputStream(zip, StandardCharsets.UTF_8)) {
      String listing = String.join("\n", listed);
      write(stream, ArchiveLimits.LISTING, listing.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> file : contents.entrySet()) {
        write(stream, file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory", e);
    }
    return zip.toByteArray();
  }

  private static void write(ZipOutputStream stream, String path, byte[] content)
      throws IOException {
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(ALWAYS);
    stream.putNextEntry(entry);
    stream.write(content);
    stream.closeEntry();
  }
}
