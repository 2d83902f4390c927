package dev.audition.core.source;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The files of a workspace as {@link SourceArchiveWriter} packed them, at the path where the
 * archive's root is said to lie. Nothing is ever unpacked to a disk.
 *
 * <p>A file that was only listed is there, and reading it says that it was not sent. Any other zip
 * of a workspace is read too, as long as it keeps the limits.
 */
public final class SourceArchive implements SourceFiles {
  /** The largest archive that is taken, packed or unpacked: 16 MiB. */
  public static final int MOST_BYTES = ArchiveLimits.TOTAL_BYTES;

  private static final String REMEDY =
      "Pack only the texts that reading needs: yml, yaml and env files.";

  private final String root;
  private final Map<String, byte[]> contents = new HashMap<>();
  private final Set<String> files = new HashSet<>();
  private final Set<String> folders = new HashSet<>();

  private SourceArchive(String root) {
    this.root = root;
    folders.add(root);
  }

  /**
   * Read an archive; empty, with the reason told, if it is none or goes beyond a limit.
   *
   * @param root absolute path that stands for the archive's root
   * @param name the archive's own name, for messages
   */
  public static Optional<SourceArchive> read(
      byte[] zip, String root, String name, Diagnostics diagnostics) {
    SourceArchive archive = new SourceArchive(root);
    String problem = zip.length > MOST_BYTES ? "larger than 16 MiB" : archive.fill(zip);
    if (problem.isEmpty()) {
      return Optional.of(archive);
    }
    diagnostics.refuse(Category.INVALID, SourceLocation.of(name), "", problem, REMEDY);
    return Optional.empty();
  }

  /** Return what is wrong; empty if nothing is. */
  private String fill(byte[] zip) {
    int left = MOST_BYTES;
    int entries = 0;
    try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
        entries++;
        byte[] content = stream.readNBytes(left + 1);
        left -= content.length;
        String problem = entries > ArchiveLimits.ENTRIES ? "more than 20000 files" : "";
        problem = left < 0 ? "larger than 16 MiB once it is unpacked" : problem;
        problem = problem.isEmpty() ? add(entry, content) : problem;
        if (!problem.isEmpty()) {
          return problem;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return "not a zip that can be read";
    }
    return entries == 0 ? "not a zip, or an empty one" : "";
  }

  private String add(ZipEntry entry, byte[] content) {
    String name = entry.getName();
    if (name.equals(ArchiveLimits.LISTING)) {
      return list(new String(content, StandardCharsets.UTF_8));
    }
    if (entry.isDirectory()) {
      return addFolder(name.substring(0, name.length() - 1)) ? "" : strange(name);
    }
    if (!addFile(name)) {
      return strange(name);
    }
    return contents.put(absolute(name), content) == null ? "" : "holds a file twice: " + name;
  }

  private String list(String listing) {
    long paths = listing.lines().count();
    if (paths > ArchiveLimits.LISTED_PATHS) {
      return "lists more than 200000 paths";
    }
    return listing
        .lines()
        .filter(
            path ->
                !(path.endsWith("/")
                    ? addFolder(path.substring(0, path.length() - 1))
                    : addFile(path)))
        .findFirst()
        .map(SourceArchive::strange)
        .orElse("");
  }

  private static String strange(String name) {
    String shown = name.replaceAll("\\p{Cntrl}", "?");
    return "holds a path that could mean anything: \"%s\""
        .formatted(shown.substring(0, Math.min(100, shown.length())));
  }

  private boolean addFile(String path) {
    if (!ArchiveLimits.allows(path)) {
      return false;
    }
    files.add(absolute(path));
    int slash = path.lastIndexOf('/');
    return slash < 0 || addFolder(path.substring(0, slash));
  }

  private boolean addFolder(String path) {
    if (!ArchiveLimits.allows(path)) {
      return false;
    }
    String folder = absolute(path);
    while (folders.add(folder)) {
      folder = folder.substring(0, folder.lastIndexOf('/'));
    }
    return true;
  }

  private String absolute(String path) {
    return root + "/" + path;
  }

  @Override
  public Content read(String path) {
    byte[] bytes = contents.get(path);
    if (bytes == null) {
      return switch (kind(path)) {
        case ABSENT -> new Content.Missing();
        case FOLDER -> new Content.Unreadable("a folder");
        case FILE -> new Content.Unreadable("not sent: only yml, yaml and env files are");
      };
    }
    if (bytes.length > MAXIMUM_BYTES) {
      return new Content.Unreadable("larger than 1 MiB");
    }
    try {
      return new Content.Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return new Content.Unreadable("not UTF-8 text");
    }
  }

  @Override
  public Kind kind(String path) {
    return folders.contains(path) ? Kind.FOLDER : files.contains(path) ? Kind.FILE : Kind.ABSENT;
  }

  @Override
  public String display(String path) {
    if (path.equals(root)) {
      return ".";
    }
    return path.startsWith(root + "/") ? path.substring(root.length() + 1) : path;
  }
}
