package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.Variables;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import dev.audition.core.tree.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a tree looks like, reading it ends, throws nothing and leaves no loose reference. */
class ComposePropertyTest {
  private static final int ROUNDS = 3000;
  private static final List<String> TEXTS =
      List.of(
          "",
          "~",
          "true",
          "-1",
          "80:80",
          "1-65535",
          "9999999999",
          "a:b:c",
          "/x:/y",
          "./:/",
          "${A",
          "${A:-${B:-c}}",
          "$$",
          "host",
          "service:app",
          "container:x",
          "db",
          "app",
          "1h",
          "5x",
          "8gb",
          "'",
          "\"",
          "../..",
          "~/x",
          "C:\\x",
          "\u0000",
          "\uD83D\uDE00",
          "x=y",
          "=",
          ":");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final RandomGenerator random =
      RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);

  @Test
  @Timeout(60)
  void noTreeMakesTheReaderThrow() throws IOException {
    List<Mapping> trees = trees();
    for (int round = 0; round < ROUNDS; round++) {
      TreeNode tree = trees.get(random.nextInt(trees.size()));
      for (int change = random.nextInt(4); change >= 0; change--) {
        tree = changed(tree, trees);
      }
      try {
        check(read(tree));
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError("seed %d, round %d".formatted(seed, round), e);
      }
    }
  }

  private ComposeResult read(TreeNode tree) {
    boolean pipeline = random.nextBoolean();
    Variables variables =
        new Variables(List.of(Variables.Source.of("--var", Map.of("A", "a", "TAG", ""))));
    ComposeRequest request =
        ComposeRequest.ofPipeline(
            tree,
            random.nextInt(3) == 0 && tree instanceof Mapping m
                ? m.find("services").orElse(null)
                : null,
            "/work",
            "/work",
            variables);
    ComposeRequest asked =
        pipeline
            ? request
            : new ComposeRequest(
                List.of(new ComposeSource.Inline(tree), new ComposeSource.Inline(tree)),
                null,
                "/work",
                "/work",
                variables,
                List.of("*"),
                List.of(),
                List.of(),
                Map.of(),
                true,
                false,
                false);
    return ComposeReader.read(asked, new ComposeFiles().file(".env", "A=b"));
  }

  private static void check(ComposeResult result) {
    Composition composition = result.composition();
    if (composition == null) {
      assertThat(result.refused()).isTrue();
      assertThat(ComposeFiles.refusals(result)).isNotEmpty();
      return;
    }
    for (ServiceConfig service : composition.services().values()) {
      assertThat(composition.services().keySet()).containsAll(CompositionChecks.needs(service));
    }
    result
        .diagnostics()
        .forEach(
            diagnostic -> {
              assertThat(diagnostic.message()).isNotBlank().doesNotContain("%s");
              assertThat(diagnostic.render()).doesNotContain(".. ");
            });
  }

  private List<Mapping> trees() throws IOException {
    List<Path> files = new ArrayList<>();
    Path cases =
        Path.of(System.getProperty("audition.project"), "functions/core/src/test/resources");
    for (Path folder : List.of(cases.resolve("compose"), Path.of(corpus(), "compose"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> found = Files.walk(folder)) {
          found.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().forEach(files::add);
        }
      }
    }
    List<Mapping> trees = new ArrayList<>();
    for (Path file : files) {
      if (YamlReader.read(Files.readString(file), "compose.yml", new Diagnostics())
          instanceof Mapping mapping) {
        trees.add(mapping);
      }
    }
    assertThat(trees).hasSizeGreaterThan(10);
    return trees;
  }

  private static String corpus() {
    return System.getProperty("audition.corpus", "");
  }

  private TreeNode changed(TreeNode node, List<Mapping> trees) {
    if (random.nextInt(6) == 0) {
      return other(node.location(), trees);
    }
    return switch (node) {
      case Scalar scalar -> other(scalar.location(), trees);
      case Sequence sequence -> {
        List<TreeNode> items = new ArrayList<>(sequence.items());
        if (items.isEmpty() || random.nextInt(8) == 0) {
          items.add(other(node.location(), trees));
        } else {
          int index = random.nextInt(items.size());
          items.set(index, changed(items.get(index), trees));
        }
        yield new Sequence(items, tag(), sequence.location());
      }
      case Mapping mapping -> {
        List<Entry> entries = new ArrayList<>(mapping.entries());
        if (entries.isEmpty()) {
          yield mapping;
        }
        int index = random.nextInt(entries.size());
        Entry entry = entries.get(index);
        if (random.nextInt(8) == 0) {
          List<String> names = List.copyOf(ServiceKeys.names());
          String name = names.get(random.nextInt(names.size()));
          yield mapping.with(new Entry(name, entry.keyLocation(), entry.value()));
        }
        entries.set(
            index, new Entry(entry.key(), entry.keyLocation(), changed(entry.value(), trees)));
        yield new Mapping(entries, tag(), mapping.location());
      }
    };
  }

  private String tag() {
    return random.nextInt(20) == 0 ? "!reset" : random.nextInt(20) == 0 ? "!override" : "";
  }

  private TreeNode other(SourceLocation where, List<Mapping> trees) {
    return switch (random.nextInt(5)) {
      case 0 -> new Mapping(List.of(), null, where);
      case 1 -> new Sequence(List.of(new Scalar("x", true, null, where)), null, where);
      case 2 -> {
        TreeNode node = trees.get(random.nextInt(trees.size()));
        for (int depth = random.nextInt(5); depth > 0; depth--) {
          node =
              switch (node) {
                case Mapping mapping when !mapping.entries().isEmpty() ->
                    mapping.entries().get(random.nextInt(mapping.entries().size())).value();
                case Sequence sequence when !sequence.items().isEmpty() ->
                    sequence.items().get(random.nextInt(sequence.items().size()));
                case TreeNode leaf -> leaf;
              };
        }
        yield node;
      }
      default ->
          new Scalar(TEXTS.get(random.nextInt(TEXTS.size())), random.nextBoolean(), null, where);
    };
  }
}
