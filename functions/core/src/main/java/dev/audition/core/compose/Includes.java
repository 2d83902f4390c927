package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.expression.Variables;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Brings in what {@code include} names, each with its own directory and {@code .env}. */
final class Includes {
  private static final Set<String> KEYS = Set.of("path", "env_file", "project_directory");
  private static final List<String> SECTIONS =
      List.of("services", "volumes", "networks", "secrets", "configs", "models");

  private final Documents documents;
  private final Reading reading;

  Includes(Documents documents, Reading reading) {
    this.documents = documents;
    this.reading = reading;
  }

  /** Return the document with the entries of all it includes. */
  Mapping resolved(Mapping document, Scope scope) {
    Entry entry = document.entry("include").orElse(null);
    if (entry == null) {
      return document;
    }
    Field include =
        new Field("include", "include", entry.keyLocation(), entry.value(), reading.diagnostics());
    Mapping result = document.without("include");
    for (Field item : include.items("a list of files")) {
      Mapping included = included(item, scope);
      if (included != null) {
        result = imported(result, included, item);
      }
    }
    return result;
  }

  private @Nullable Mapping included(Field item, Scope scope) {
    Field paths = item.isMapping() ? item.find("path") : item;
    if (item.isMapping()) {
      item.onlyKeys("key of an include", KEYS);
    }
    if (paths == null) {
      item.invalid("the compose specification wants a path in an include", "");
      return null;
    }
    Mapping merged = null;
    Scope inner = null;
    for (Field path : paths.itemsOrOne("a path or a list of paths")) {
      String written = path.text("a path");
      String resolved = written == null ? null : local(path, written, scope);
      if (resolved == null) {
        return null;
      }
      if (inner == null) {
        inner = inner(item, resolved, scope);
      }
      if (!free(path, resolved, scope)) {
        return null;
      }
      Mapping document = documents.load(resolved, path, "included file", inner);
      if (document == null) {
        return null;
      }
      merged = merged == null ? document : TreeMerge.documents(merged, document);
    }
    return merged;
  }

  private static @Nullable String local(Field path, String written, Scope scope) {
    if (written.contains("://") || written.startsWith("git@")) {
      path.refuse(
          Category.MISSING_FILE,
          "\"%s\" is somewhere else; only files of this machine are included".formatted(written),
          "Fetch it and name the file.");
      return null;
    }
    return Paths.resolve(scope.directory(), written);
  }

  /** Files that include one another are shown as the whole chain. */
  private boolean free(Field path, String resolved, Scope scope) {
    int seen = scope.chain().indexOf(resolved);
    if (seen < 0 && scope.chain().size() < Budget.DEPTH) {
      return true;
    }
    List<String> chain =
        new ArrayList<>(scope.chain().subList(Math.max(seen, 0), scope.chain().size()));
    chain.add(resolved);
    path.invalid(
        seen < 0
            ? "include leads more than %d files deep".formatted(Budget.DEPTH)
            : "include goes round in a circle: "
                + String.join(" -> ", chain.stream().map(reading.files()::display).toList()),
        "Remove one of the includes.");
    return false;
  }

  private Scope inner(Field item, String path, Scope scope) {
    Field directoryField = item.find("project_directory");
    String written = directoryField == null ? null : directoryField.text();
    String directory =
        written == null ? Paths.parent(path) : Paths.resolve(scope.directory(), written);
    DotEnv dotEnv =
        new DotEnv(reading.files(), reading.log(), reading.diagnostics(), reading.budget());
    Variables variables = scope.variables();
    Field envFile = item.find("env_file");
    if (envFile == null) {
      variables = dotEnv.withFile(variables, Paths.resolve(directory, ".env"));
    } else {
      for (String file : envFile.textsOrOne()) {
        variables = dotEnv.withFile(variables, Paths.resolve(scope.directory(), file));
      }
    }
    return scope.including(path, directory, variables);
  }

  private Mapping imported(Mapping document, Mapping included, Field item) {
    Mapping result = document;
    for (String section : SECTIONS) {
      if (included.find(section).orElse(null) instanceof Mapping theirs) {
        Entry ours = result.entry(section).orElse(null);
        if (ours == null) {
          result = result.with(included.entry(section).orElseThrow());
        } else if (ours.value() instanceof Mapping mine) {
          result =
              result.with(
                  new Entry(section, ours.keyLocation(), united(section, mine, theirs, item)));
        }
      }
    }
    return result;
  }

  private Mapping united(String section, Mapping mine, Mapping theirs, Field item) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : theirs.entries()) {
      TreeNode own = mine.find(entry.key()).orElse(null);
      if (own == null) {
        entries.add(entry);
      } else if (!same(own, entry.value())) {
        item.invalid(
            "%s.%s is here and in the included file (%s), which the compose specification forbids"
                .formatted(section, entry.key(), entry.keyLocation()),
            "Rename one of them, or extend the included one.");
      }
    }
    entries.addAll(mine.entries());
    return new Mapping(entries, null, mine.location());
  }

  private static boolean same(TreeNode one, TreeNode other) {
    return switch (one) {
      case TreeNode.Scalar scalar ->
          other instanceof TreeNode.Scalar second && scalar.text().equals(second.text());
      case TreeNode.Sequence sequence ->
          other instanceof TreeNode.Sequence second
              && sequence.items().size() == second.items().size()
              && IntStream.range(0, sequence.items().size())
                  .allMatch(i -> same(sequence.items().get(i), second.items().get(i)));
      case Mapping mapping ->
          other instanceof Mapping second
              && mapping.entries().size() == second.entries().size()
              && mapping.entries().stream()
                  .allMatch(
                      entry ->
                          second
                              .find(entry.key())
                              .filter(value -> same(entry.value(), value))
                              .isPresent());
    };
  }
}
