import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes the libraries of the function's zip again, without compression: the zip around them
 * compresses each as a whole, which is a third smaller than class by class, and classes are loaded
 * without being inflated. Launched as a source file by the build, see {@code pom.xml}.
 */
final class StoredJars {
  private StoredJars() {}

  /**
   * Run it: {@code FOLDER CLASSES CLASSPATH [LIBRARY...]}.
   *
   * @param arguments the folder to fill, emptied first; the folder of our own classes, which is
   *     passed over; the class path; names of libraries, without version, that stay out
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    List<String> left = List.of(arguments).subList(3, arguments.length);
    Files.createDirectories(folder);
    try (Stream<Path> old = Files.list(folder)) {
      old.forEach(StoredJars::delete);
    }
    for (String entry : arguments[2].split(System.getProperty("path.separator"))) {
      Path library = Path.of(entry);
      String name = library.getFileName().toString();
      if (library.equals(Path.of(arguments[1])) || left.contains(name.replaceAll("-\\d.*", ""))) {
        continue;
      }
      if (!name.endsWith(".jar")) {
        throw new IOException(
            library + " is no jar, so the zip would lack it: run Maven's phase 'package' or later");
      }
      store(library, folder.resolve(name));
    }
  }

  private static void store(Path library, Path target) throws IOException {
    try (ZipFile jar = new ZipFile(library.toFile());
        OutputStream file = Files.newOutputStream(target);
        ZipOutputStream stored = new ZipOutputStream(file)) {
      for (ZipEntry entry : jar.stream().filter(entry -> !entry.isDirectory()).toList()) {
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        copy.setMethod(ZipEntry.STORED);
        copy.setSize(bytes.length);
        copy.setCrc(checksum.getValue());
        stored.putNextEntry(copy);
        stored.write(bytes);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
