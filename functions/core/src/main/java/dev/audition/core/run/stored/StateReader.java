package dev.audition.core.run.stored;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes a run's JSON of its state and texts: the reverse of {@link StateWriter}. */
final class StateReader {
  private final List<String> texts;
  private final String name;

  StateReader(List<String> texts, String name) {
    this.texts = texts;
    this.name = name;
  }

  Mapping read(TreeNode state) {
    Mapping run = mapping(state);
    Mapping constant = constant(run);
    String createdAt =
        constant
            .find("createdAt")
            .map(node -> scalar(node).text())
            .orElseThrow(() -> fault(constant, "a run with its createdAt"));
    return new Lengthening(new ShortInstants(Instant.parse(createdAt))).run(run, constant);
  }

  private final class Lengthening {
    private final ShortInstants instants;

    Lengthening(ShortInstants instants) {
      this.instants = instants;
    }

    Mapping run(Mapping state, Mapping constant) {
      MappingBuilder run = begin(constant);
      for (Entry entry : changing(state)) {
        String key = ShortNames.lengthen(entry.key());
        run.put(
            key,
            switch (key) {
              case "steps" -> Tree.list(items(entry.value()).stream().map(this::step).toList());
              case "hooks" -> hooks(mapping(entry.value()));
              default -> lengthened(entry.value());
            });
      }
      return run.build();
    }

    private TreeNode hooks(Mapping state) {
      MappingBuilder hooks = begin(constant(state));
      for (Entry entry : changing(state)) {
        hooks.put(ShortNames.lengthen(entry.key()), lengthened(entry.value()));
      }
      return hooks.build();
    }

    private TreeNode step(TreeNode state) {
      if (state instanceof Scalar whole) {
        return text(whole);
      }
      MappingBuilder step = begin(constant(mapping(state)));
      for (Entry entry : changing(mapping(state))) {
        String key = ShortNames.lengthen(entry.key());
        step.put(
            key,
            key.equals("tasks")
                ? Tree.list(items(entry.value()).stream().map(this::task).toList())
                : lengthened(entry.value()));
      }
      return step.build();
    }

    private TreeNode task(TreeNode state) {
      Mapping constant = constant(mapping(state));
      MappingBuilder task = begin(constant);
      for (Entry entry : changing(mapping(state))) {
        String key = ShortNames.lengthen(entry.key());
        task.put(
            key,
            key.equals("containers")
                ? containers(constant, items(entry.value()))
                : lengthened(entry.value()));
      }
      return task.build();
    }

    private TreeNode containers(Mapping constant, List<TreeNode> evidence) {
      List<TreeNode> shapes = items(constant.find("containers").orElse(Tree.list(List.of())));
      if (shapes.size() != evidence.size()) {
        throw fault(constant, "%d containers".formatted(evidence.size()));
      }
      List<TreeNode> containers = new ArrayList<>();
      for (int i = 0; i < shapes.size(); i++) {
        MappingBuilder container = begin(mapping(shapes.get(i)));
        if (!evidence.get(i).isNull()) {
          container.put(Changing.OF_A_CONTAINER, lengthened(evidence.get(i)));
        }
        containers.add(container.build());
      }
      return Tree.list(containers);
    }

    private TreeNode lengthened(TreeNode node) {
      return switch (node) {
        case Scalar scalar -> scalar.plain() ? scalar : Tree.text(lengthened(scalar));
        case Sequence list -> Tree.list(list.items().stream().map(this::lengthened).toList());
        case Mapping mapping -> {
          MappingBuilder longer = Tree.mapping();
          for (Entry entry : mapping.entries()) {
            longer.put(ShortNames.lengthen(entry.key()), lengthened(entry.value()));
          }
          yield longer.build();
        }
      };
    }

    private String lengthened(Scalar scalar) {
      String text = scalar.text();
      if (text.isEmpty()) {
        return text;
      }
      return switch (text.charAt(0)) {
        case StateWriter.TEXT -> textOf(text.substring(1), scalar);
        case StateWriter.PLAIN -> text.substring(1);
        case ShortInstants.MILLIS, ShortInstants.NANOS -> instants.lengthen(text);
        default -> text;
      };
    }
  }

  private static List<Entry> changing(Mapping state) {
    return state.entries().stream()
        .filter(entry -> !entry.key().equals(Changing.CONSTANT))
        .toList();
  }

  private static MappingBuilder begin(Mapping constant) {
    MappingBuilder whole = Tree.mapping();
    constant.entries().forEach(entry -> whole.put(entry.key(), entry.value()));
    return whole;
  }

  private Mapping constant(Mapping state) {
    return mapping(
        text(
            scalar(
                state
                    .find(Changing.CONSTANT)
                    .orElseThrow(() -> fault(state, "the number of its constant part")))));
  }

  private TreeNode text(Scalar number) {
    return JsonReader.read(textOf(number.text(), number), name);
  }

  private String textOf(String number, Scalar where) {
    if (!number.matches("[0-9]{1,6}") || Integer.parseInt(number) >= texts.size()) {
      throw fault(where, "the number of one of %d texts".formatted(texts.size()));
    }
    return texts.get(Integer.parseInt(number));
  }

  private static Mapping mapping(TreeNode node) {
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    throw fault(node, "an object");
  }

  private static Scalar scalar(TreeNode node) {
    if (node instanceof Scalar scalar) {
      return scalar;
    }
    throw fault(node, "one value");
  }

  private static List<TreeNode> items(TreeNode node) {
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    throw fault(node, "a list");
  }

  private static IllegalArgumentException fault(TreeNode node, String expected) {
    return new IllegalArgumentException(
        "%s: %s (expected: %s)".formatted(node.location(), node.kind(), expected));
  }
}
