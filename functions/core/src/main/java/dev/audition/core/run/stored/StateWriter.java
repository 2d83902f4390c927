package dev.audition.core.run.stored;

import dev.audition.core.run.Run;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Makes the state of a run's JSON, and texts of what is not part of it. */
final class StateWriter {
  /** Before the number of a text. */
  static final char TEXT = '#';

  /** Before a text that itself begins with one of these marks. */
  static final char PLAIN = '\'';

  private final Texts texts;
  private final Tightness tightness;
  private final ShortInstants instants;

  StateWriter(Texts texts, Tightness tightness, Run run) {
    this.texts = texts;
    this.tightness = tightness;
    this.instants = new ShortInstants(run.times().createdAt());
  }

  TreeNode write(Mapping run) {
    return split(
        run,
        Changing.OF_A_RUN,
        entry ->
            switch (entry.key()) {
              case "steps" -> each(entry.value(), this::step);
              case "hooks" -> hooks((Mapping) entry.value());
              default -> shortened(entry.value());
            });
  }

  private TreeNode hooks(Mapping hooks) {
    return split(hooks, Changing.OF_HOOKS, entry -> shortened(entry.value()));
  }

  private TreeNode step(TreeNode node) {
    Mapping step = (Mapping) node;
    if (tightness.endedStepsOut() && ended(step)) {
      return text(step);
    }
    return split(
        step,
        Changing.OF_A_STEP,
        entry ->
            entry.key().equals("tasks")
                ? each(entry.value(), this::task)
                : shortened(entry.value()));
  }

  private static boolean ended(Mapping step) {
    return step.find("verdict").isPresent()
        && items(step.find("tasks").orElse(Tree.list(List.of()))).stream()
            .allMatch(StateWriter::over);
  }

  private static boolean over(TreeNode node) {
    Mapping task = (Mapping) node;
    return task.find("gone").isPresent()
        || task.find("lastStatus")
            .filter(status -> status instanceof Scalar scalar && scalar.text().equals("STOPPED"))
            .isPresent();
  }

  /** What its containers are is one text, what was seen of each stands in the state. */
  private TreeNode task(TreeNode node) {
    Mapping task = (Mapping) node;
    List<TreeNode> shapes = new ArrayList<>();
    List<TreeNode> evidence = new ArrayList<>();
    for (TreeNode item : items(task.find("containers").orElse(Tree.list(List.of())))) {
      Mapping container = (Mapping) item;
      shapes.add(container.without(Changing.OF_A_CONTAINER));
      evidence.add(container.find(Changing.OF_A_CONTAINER).orElse(Tree.nothing()));
    }
    MappingBuilder constant = Tree.mapping();
    MappingBuilder state = Tree.mapping();
    for (Entry entry : task.entries()) {
      if (entry.key().equals("containers")) {
        constant.putList("containers", shapes);
        state.put(ShortNames.shorten("containers"), shortened(Tree.list(evidence)));
      } else if (Changing.OF_A_TASK.contains(entry.key())) {
        state.put(ShortNames.shorten(entry.key()), shortened(entry.value()));
      } else {
        constant.put(entry.key(), entry.value());
      }
    }
    return state.put(Changing.CONSTANT, text(constant.build())).build();
  }

  private TreeNode split(
      Mapping whole, Set<String> changing, Function<Entry, TreeNode> shortening) {
    MappingBuilder constant = Tree.mapping();
    MappingBuilder state = Tree.mapping();
    for (Entry entry : whole.entries()) {
      if (changing.contains(entry.key())) {
        state.put(ShortNames.shorten(entry.key()), shortening.apply(entry));
      } else {
        constant.put(entry.key(), entry.value());
      }
    }
    return state.put(Changing.CONSTANT, text(constant.build())).build();
  }

  /** Make a text of a tree and return its number. */
  private TreeNode text(TreeNode tree) {
    return Tree.number(texts.numberOf(JsonWriter.write(tree)));
  }

  private static List<TreeNode> items(TreeNode list) {
    return ((Sequence) list).items();
  }

  private static TreeNode each(TreeNode list, Function<TreeNode, TreeNode> written) {
    return Tree.list(items(list).stream().map(written).toList());
  }

  private TreeNode shortened(TreeNode node) {
    return switch (node) {
      case Scalar scalar -> scalar.plain() ? scalar : Tree.text(shortened(scalar.text()));
      case Sequence list -> each(list, this::shortened);
      case Mapping mapping -> {
        MappingBuilder shorter = Tree.mapping();
        for (Entry entry : mapping.entries()) {
          shorter.put(ShortNames.shorten(entry.key()), shortened(entry.value()));
        }
        yield shorter.build();
      }
    };
  }

  private String shortened(String text) {
    if (text.isEmpty()) {
      return text;
    }
    return instants
        .shorten(text)
        .orElseGet(
            () -> {
              if (text.getBytes(StandardCharsets.UTF_8).length > tightness.longest()) {
                return TEXT + Integer.toString(texts.numberOf(text));
              }
              return marked(text) ? PLAIN + text : text;
            });
  }

  private static boolean marked(String text) {
    return switch (text.charAt(0)) {
      case TEXT, PLAIN, ShortInstants.MILLIS, ShortInstants.NANOS -> true;
      default -> false;
    };
  }
}
