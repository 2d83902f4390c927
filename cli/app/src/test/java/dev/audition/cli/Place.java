package dev.audition.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder on a machine without an engine, in which somebody types commands. */
record Place(Path folder, Map<String, String> environment) {
  static final Path PROJECT =
      Path.of(System.getProperty("audition.project", "../..")).toAbsolutePath().normalize();

  static Place in(Path folder) {
    return new Place(
        folder,
        Map.of(
            "HOME", folder.toString(),
            "XDG_STATE_HOME", folder.resolve("state").toString(),
            "DOCKER_HOST", "unix:///nonexistent"));
  }

  /** Return this place with one more variable in the environment. */
  Place with(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return new Place(folder, more);
  }

  /** Put a file there; return its absolute path. */
  String file(String name, String text) {
    Path path = folder.resolve(name);
    try {
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path.toString();
  }

  /** Copy an example there, so that what is printed does not depend on where the project lies. */
  String example(String name) {
    Path from = PROJECT.resolve("examples").resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String inside = from.relativize(file).toString();
        String _ = file(name + "/" + inside, Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder.resolve(name).toString();
  }

  /** Type a command. */
  CommandRun type(String... words) {
    return CommandRun.in(folder, environment, words);
  }

  /** Type a command and more words. */
  CommandRun type(List<String> words) {
    return type(words.toArray(String[]::new));
  }
}
