package dev.audition.core.simulation;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** An object of the data file; every path that is asked for must be there. */
record Figures(Mapping object) {
  static Figures read(Path file) {
    try {
      return new Figures((Mapping) JsonReader.read(Files.readString(file), file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Return the data file of this project. */
  static Figures ofProject() {
    return read(
        Path.of(
            Objects.requireNonNull(System.getProperty("audition.project")),
            "bench/admission.json"));
  }

  private TreeNode node(String key) {
    return object.find(key).orElseThrow(() -> new IllegalArgumentException("no " + key));
  }

  Figures object(String key) {
    return new Figures((Mapping) node(key));
  }

  List<Figures> list(String key) {
    return ((Sequence) node(key))
        .items().stream().map(item -> new Figures((Mapping) item)).toList();
  }

  String text(String key) {
    return ((Scalar) node(key)).text();
  }

  double number(String key) {
    return Double.parseDouble(text(key));
  }

  int whole(String key) {
    return Integer.parseInt(text(key));
  }
}
