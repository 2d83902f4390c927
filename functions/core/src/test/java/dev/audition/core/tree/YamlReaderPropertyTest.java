package dev.audition.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.testkit.Corpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No input makes the reader do anything but answer with a tree or with refusals. */
class YamlReaderPropertyTest {
  private static final long SEED = Long.getLong("audition.seed", 20261120L);

  private static final String SAMPLE =
      """
      version: "3.8"
      x-base: &base
        image: ${IMAGE:-postgres:16}
        environment: {A: 1, B: "two", C: 'three'}
      services:
        db:
          <<: *base
          ports: ["5432:5432", 22:22]
          command: >-
            a folded
            text
        web:
          <<: [*base, {tty: true}]
          healthcheck:
            test: [CMD-SHELL, "pg_isready -h 127.0.0.1 || exit 1"]
          volumes:
            - ./a:/b
            - type: bind
              source: c
          labels: !reset []
          script: |
            echo "hi"
      """;

  private static final List<String> PIECES =
      List.of(
          "\n",
          "\n\n",
          "  ",
          "\t",
          ": ",
          "- ",
          "? ",
          "[",
          "]",
          "{",
          "}",
          ",",
          "&a ",
          "*a",
          "*base",
          "<<: ",
          "!x ",
          "!!str ",
          "!<",
          "|",
          ">",
          "'",
          "\"",
          "\\",
          "#",
          "%",
          "@",
          "`",
          "---\n",
          "...\n",
          "\uFEFF",
          "\u0000",
          "\uD800",
          "\uD83D\uDE00",
          "\u2028",
          "\r",
          "\\U00110000",
          "\\x",
          "%YAML 1.99999999999\n---\n",
          "%TAG ! tag:x,\n",
          "!%FF ",
          "~",
          "null",
          "0x",
          "|9");

  private static void answers(String text, String description) {
    Diagnostics diagnostics = new Diagnostics();
    assertThatCode(
            () -> {
              TreeNode tree = YamlReader.read(text, "f.yml", diagnostics);
              assertThat(tree == null).isEqualTo(diagnostics.refused());
              if (tree != null) {
                JsonReader.read(JsonWriter.write(tree), "f.json");
              }
              assertThat(diagnostics.sorted())
                  .allSatisfy(diagnostic -> assertThat(diagnostic.location()).isNotNull())
                  .extracting(Diagnostic::message)
                  .noneMatch(message -> message.contains("\n"));
            })
        .as(description)
        .doesNotThrowAnyException();
  }

  private static String mutated(String text, RandomGenerator random) {
    StringBuilder mutated = new StringBuilder(text);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutated.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> mutated.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(5)));
        case 2 -> mutated.setLength(Math.max(1, at));
        default -> {
          int from = random.nextInt(text.length());
          mutated.insert(at, text, from, Math.min(text.length(), from + random.nextInt(60)));
        }
      }
    }
    return mutated.toString();
  }

  @Test
  void mutatedDocumentsAreAnswered() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int round = 0; round < 8_000; round++) {
      String text = mutated(SAMPLE, random);
      answers(text, "seed %d, round %d:%n%s".formatted(SEED, round, text));
    }
  }

  @Test
  void noiseIsAnswered() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int round = 0; round < 8_000; round++) {
      StringBuilder text = new StringBuilder();
      int pieces = random.nextInt(12);
      for (int i = 0; i < pieces; i++) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
        text.append(random.nextBoolean() ? "a" : "");
      }
      answers(text.toString(), "seed %d, round %d: %s".formatted(SEED, round, text));
    }
  }

  @Test
  @Tag("slow")
  void hugeRepetitionsAreAnswered() {
    for (String piece : PIECES) {
      for (String prefix : List.of("", "a: ", "a: \"", "&a ")) {
        String text = prefix + piece.repeat(YamlReader.MAXIMUM_LENGTH / 2 / piece.length());
        answers(text, "repeated: " + prefix + piece);
      }
    }
  }

  @Test
  void realFilesAreRead() {
    List<String> refused = new ArrayList<>();
    List<Path> files = new ArrayList<>(Corpus.yamlFiles("compose"));
    files.addAll(Corpus.yamlFiles("codefresh"));
    assertThat(files).hasSizeGreaterThan(60);
    for (Path file : files) {
      Diagnostics diagnostics = new Diagnostics();
      YamlReader.read(Corpus.text(file), file.getFileName().toString(), diagnostics);
      diagnostics.sorted().forEach(diagnostic -> refused.add(diagnostic.render()));
    }
    // The one that is not YAML: its third line lacks the colon.
    assertThat(refused)
        .singleElement()
        .asString()
        .startsWith("containers101__demochat__codefresh.97a0719a.yml:4:10: a colon makes a key");
  }

  @Test
  void mutatedRealFilesAreAnswered() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (Path file : Corpus.yamlFiles("")) {
      String text = Corpus.text(file);
      for (int round = 0; round < 30; round++) {
        String mutated = mutated(text, random);
        answers(mutated, "seed %d, %s, round %d:%n%s".formatted(SEED, file, round, mutated));
      }
    }
  }
}
