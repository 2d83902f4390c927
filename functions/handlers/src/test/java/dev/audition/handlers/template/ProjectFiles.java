package dev.audition.handlers.template;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this project that the tests of the deployment read. */
public final class ProjectFiles {
  private static final Path PROJECT = Path.of(System.getProperty("audition.project", "../.."));

  private ProjectFiles() {}

  /** Return the place of a file. */
  public static Path path(String name) {
    return PROJECT.resolve(name);
  }

  /** Return a file's text. */
  public static String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Return the names of the files of a folder, sorted. */
  public static List<String> names(String folder) {
    try (Stream<Path> files = Files.list(path(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Read a YAML file whose root is a mapping. */
  public static Mapping yaml(String name) {
    Diagnostics diagnostics = new Diagnostics();
    TreeNode tree = YamlReader.read(text(name), name, diagnostics);
    if (tree instanceof Mapping mapping) {
      return mapping;
    }
    throw new IllegalArgumentException(name + ": " + diagnostics.sorted());
  }

  /** Read a JSON file whose root is an object. */
  public static Mapping json(String name) {
    return (Mapping) JsonReader.read(text(name), name);
  }
}
