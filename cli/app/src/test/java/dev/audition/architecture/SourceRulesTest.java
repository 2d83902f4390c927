package dev.audition.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a formatter and a compiler do not say about the sources. */
class SourceRulesTest {
  private static final Path PROJECT = Path.of(System.getProperty("audition.project", "../.."));
  private static final int MOST_LINES = 400;

  /** A test class may hold more examples of its one idea than a class holds lines of code. */
  private static final int MOST_LINES_OF_A_TEST = 500;

  private static final Pattern BANNED_TYPE_NAME =
      Pattern.compile("\\b(?:class|interface|record|enum) \\w*(?:Manager|Helper|Utils?|Impl)\\b");
  private static final Pattern UNFINISHED =
      Pattern.compile("TODO|FIXME|XXX|new UnsupportedOperationException|@Disabled");
  private static final Pattern SLEEP = Pattern.compile("Thread\\.sleep\\(");

  @Test
  void everyFileIsShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : sources()) {
      long lines = lines(source).size();
      if (lines > (isTest(source) ? MOST_LINES_OF_A_TEST : MOST_LINES)) {
        tooLong.add(PROJECT.relativize(source) + ": " + lines + " lines");
      }
    }
    assertThat(tooLong).as("files above %d lines", MOST_LINES).isEmpty();
  }

  @Test
  void noTypeIsNamedAfterNothing() throws IOException {
    assertThat(hits(BANNED_TYPE_NAME, "")).isEmpty();
  }

  @Test
  void nothingIsLeftUnfinished() throws IOException {
    assertThat(hits(UNFINISHED, "SourceRulesTest")).isEmpty();
  }

  @Test
  void noTestSleeps() throws IOException {
    assertThat(hits(SLEEP, "SourceRulesTest")).filteredOn(hit -> hit.contains("/test/")).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsAndHasNoNulls() throws IOException {
    List<String> without = new ArrayList<>();
    for (Path source : sources()) {
      Path description = source.resolveSibling("package-info.java");
      if (isTest(source) || !source.toString().contains("/src/main/")) {
        continue; // tests share the packages of what they test; programs of the build have none
      }
      if (!Files.exists(description) || !Files.readString(description).contains("@NullMarked")) {
        without.add(PROJECT.relativize(source.getParent()).toString());
      }
    }
    assertThat(without.stream().distinct()).isEmpty();
  }

  private static List<String> hits(Pattern pattern, String except) throws IOException {
    List<String> hits = new ArrayList<>();
    for (Path source : sources()) {
      List<String> lines = lines(source);
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()
            && (except.isEmpty() || !source.toString().contains(except))) {
          hits.add(PROJECT.relativize(source) + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return hits;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("functions", "cli")) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(module))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.toString().contains("/target/"))
            .forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThan(50);
    return sources;
  }

  private static boolean isTest(Path source) {
    return source.toString().contains("/src/test/");
  }

  private static List<String> lines(Path source) throws IOException {
    return Files.readAllLines(source);
  }
}
