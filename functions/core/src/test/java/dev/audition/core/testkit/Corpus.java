package dev.audition.core.testkit;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder with real pipelines and compose files, where there is one. */
public final class Corpus {
  private Corpus() {}

  /** Return a file or folder of it; the test is skipped, with its reason, where it is not there. */
  public static Path path(String name) {
    String root = System.getProperty("audition.corpus", "");
    assumeThat(root).as("audition.corpus names the folder with real input files").isNotEmpty();
    Path path = Path.of(root, name);
    assumeThat(path).as("audition.corpus holds " + name).exists();
    return path;
  }

  /** Read a file of it. */
  public static String text(String name) {
    return text(path(name));
  }

  /** Read a file. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** List the YAML files below a folder of it, in order. */
  public static List<Path> yamlFiles(String folder) {
    try (Stream<Path> files = Files.walk(path(folder))) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
