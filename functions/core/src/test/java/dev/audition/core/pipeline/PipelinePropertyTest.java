package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class PipelinePropertyTest {
  private static final String[] SAMPLES = {
    """
    version: '1.0'
    stages: [a, b]
    fail_fast: false
    steps:
      main_clone: {type: git-clone, repo: x/y}
      app: &app
        type: build
        stage: a
        working_directory: ${{main_clone}}/app
        build_arguments: ['A=${{B}}']
      it:
        type: composition
        working_directory: ./sub
        composition:
          version: '2'
          services:
            db: {image: 'postgres:16', environment: ['P=$P'], volumes: ['./d:/d']}
            app: {image: '${{app}}', links: [db], ports: [80]}
        composition_candidates:
          test:
            image: ${{app}}
            command: bash -c "a && b"
            volumes: ['${{CF_VOLUME_NAME}}:/codefresh/volume']
        composition_variables: [P=x]
        timeout: 5m
        when:
          branch:
            only: [main, '/^v/i']
    """,
    """
    version: '1.0'
    mode: sequential
    steps:
      p:
        type: parallel
        steps:
          unit test:
            image: alpine:${{TAG}}
            shell: bash
            commands:
            - echo $HOME
            environment: [A=b]
            volumes: ['./Shop/x:/y']
            services:
              composition:
                db: {image: redis}
          other: {type: push, candidate: '${{x}}'}
      file: {type: composition, composition: compose.yml, composition-candidates: {t: {image: a}}}
    """,
    """
    services:
      db: {image: 'postgres:${TAG:-16}', healthcheck: {test: [CMD, 'true'], interval: 1s}}
      tests: {image: alpine, depends_on: {db: {condition: service_healthy}}}
    x-audition: {candidates: [tests], timeout: 1m}
    """,
  };

  private static final String[] PIECES = {
    "",
    " ",
    ":",
    "- ",
    "[",
    "{",
    "'",
    "\"",
    "${{",
    "}}",
    "${",
    "$",
    "null",
    "true",
    "-1",
    "/(/",
    "&a ",
    "*a",
    "<<: ",
    "steps:",
    "services:",
    "../..",
    "\t",
    "\u0000",
    "😀",
    "a: b",
    "|",
    "9999999999999999999",
    "~"
  };

  @Test
  void noMutationOfAFileMakesTheReaderThrow() {
    long seed = Long.getLong("audition.seed", RandomGenerator.getDefault().nextLong());
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 1_000; round++) {
      String text = mutated(SAMPLES[random.nextInt(SAMPLES.length)], random);
      Asked asked = Asked.pipeline(text).beside("compose.yml", SAMPLES[2]).branch("main");
      if (random.nextBoolean()) {
        asked.planOnly();
      }
      if (random.nextInt(4) == 0) {
        asked.step(random.nextBoolean() ? "it" : "unit test");
      }
      if (random.nextInt(4) == 0) {
        asked.skipUnsupported();
      }
      check(asked, text, seed);
    }
  }

  private static void check(Asked asked, String text, long seed) {
    Project project;
    try {
      project = asked.read().project();
    } catch (RuntimeException | StackOverflowError thrown) {
      throw new AssertionError("seed %d, input:%n%s".formatted(seed, text), thrown);
    }
    assertThat(project.pipeline() != null || project.refused())
        .as("a pipeline or a reason why there is none; seed %d, input:%n%s", seed, text)
        .isTrue();
  }

  private static String mutated(String text, RandomGenerator random) {
    String mutated = text;
    for (int i = 0; i <= random.nextInt(3); i++) {
      mutated =
          switch (random.nextInt(4)) {
            case 0 -> withoutALine(mutated, random);
            case 1 -> withALineIndented(mutated, random);
            case 2 -> withAPiece(mutated, random);
            default -> withAValueReplaced(mutated, random);
          };
    }
    return mutated;
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(Arrays.asList(text.split("\n", -1)));
  }

  private static String withoutALine(String text, RandomGenerator random) {
    List<String> lines = lines(text);
    lines.remove(random.nextInt(lines.size()));
    return String.join("\n", lines);
  }

  private static String withALineIndented(String text, RandomGenerator random) {
    List<String> lines = lines(text);
    int at = random.nextInt(lines.size());
    lines.set(at, " ".repeat(random.nextInt(1, 4)) + lines.get(at));
    return String.join("\n", lines);
  }

  private static String withAPiece(String text, RandomGenerator random) {
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + text.substring(at);
  }

  private static String withAValueReplaced(String text, RandomGenerator random) {
    List<String> lines = lines(text);
    int at = random.nextInt(lines.size());
    int colon = lines.get(at).indexOf(": ");
    if (colon >= 0) {
      lines.set(at, lines.get(at).substring(0, colon + 2) + PIECES[random.nextInt(PIECES.length)]);
    }
    return String.join("\n", lines);
  }
}
