package dev.audition.cli;

import dev.audition.core.expression.Variables;
import dev.audition.core.source.SourceFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The images the examples use on this machine: {@code infra/setup/setup images} pulls the public
 * ones or, where no registry answers, builds stand-ins, and writes their names down.
 */
final class ExampleImages {
  /** The name of the source, as {@code plan} shows it. */
  static final String SOURCE = "the images set up for the examples";

  private ExampleImages() {}

  /** Return the variables for a file of ours, the weakest of all; none for any other file. */
  static Variables.Source source(Path file, Map<String, String> environment, SourceFiles sources) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    String home = System.getProperty("audition.home", "");
    if (!home.isEmpty() && isOurs(file, Path.of(home))) {
      String written = stateFolder(environment).resolve("example-images.env").toString();
      if (sources.kind(written) == SourceFiles.Kind.FILE) {
        values.putAll(VariableFile.read(written, sources));
      }
    }
    return new Variables.Source(SOURCE, values);
  }

  private static boolean isOurs(Path file, Path home) {
    return file.startsWith(home.resolve("examples")) || file.startsWith(home.resolve("bench"));
  }

  private static Path stateFolder(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    return state.isEmpty()
        ? Path.of(environment.getOrDefault("HOME", "."), ".local", "state", "audition")
        : Path.of(state, "audition");
  }
}
