package dev.audition.local.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IgnoreRulesTest {
  @Test
  void anEmptyFileLeavesNothingOut() {
    assertThat(IgnoreRules.parse("\n# a comment\n").excludes("a")).isFalse();
  }

  @Test
  void aNameFitsAtTheTopOnly() {
    IgnoreRules rules = IgnoreRules.parse("target\n");

    assertThat(rules.excludes("target")).isTrue();
    assertThat(rules.excludes("target/classes/A.class")).isTrue();
    assertThat(rules.excludes("module/target")).isFalse();
    assertThat(rules.excludes("targets")).isFalse();
  }

  @Test
  void twoStarsFitAtAnyDepth() {
    IgnoreRules rules = IgnoreRules.parse("**/target\n**/*.log\ndocs/**\n");

    assertThat(rules.excludes("target")).isTrue();
    assertThat(rules.excludes("a/b/target/c")).isTrue();
    assertThat(rules.excludes("x.log")).isTrue();
    assertThat(rules.excludes("a/x.log")).isTrue();
    assertThat(rules.excludes("docs/a/b")).isTrue();
    assertThat(rules.excludes("other/docs/a")).isFalse();
  }

  @Test
  void oneStarStaysInItsFolder() {
    IgnoreRules rules = IgnoreRules.parse("*/temp*\n*.md\n?.txt\n[a-c].java\n[^a-c].kt\n");

    assertThat(rules.excludes("a/temporary")).isTrue();
    assertThat(rules.excludes("a/b/temporary")).isFalse();
    assertThat(rules.excludes("README.md")).isTrue();
    assertThat(rules.excludes("docs/README.md")).isFalse();
    assertThat(rules.excludes("x.txt")).isTrue();
    assertThat(rules.excludes("xy.txt")).isFalse();
    assertThat(rules.excludes("b.java")).isTrue();
    assertThat(rules.excludes("d.java")).isFalse();
    assertThat(rules.excludes("d.kt")).isTrue();
    assertThat(rules.excludes("b.kt")).isFalse();
  }

  @Test
  void theLastRuleThatFitsDecides() {
    IgnoreRules rules = IgnoreRules.parse("*.md\n!README.md\n");
    assertThat(rules.excludes("CHANGES.md")).isTrue();
    assertThat(rules.excludes("README.md")).isFalse();

    assertThat(IgnoreRules.parse("!README.md\n*.md\n").excludes("README.md")).isTrue();
  }

  @Test
  void filesAreTakenBackInFromFoldersThatAreLeftOut() {
    IgnoreRules rules = IgnoreRules.parse("*\n!src/main\n");

    assertThat(rules.excludes("src")).isTrue();
    assertThat(rules.excludes("src/test/A.java")).isTrue();
    assertThat(rules.excludes("src/main/A.java")).isFalse();
    assertThat(rules.prunes("src")).isFalse();
    assertThat(IgnoreRules.parse("*\n").prunes("src")).isTrue();
  }

  @Test
  void slashesAndDotsAroundAPatternMeanNothing() {
    IgnoreRules rules = IgnoreRules.parse("/build/\n./dist\na/../out\n");

    assertThat(rules.excludes("build")).isTrue();
    assertThat(rules.excludes("dist/x")).isTrue();
    assertThat(rules.excludes("out")).isTrue();
  }

  @Test
  void whatIsSpecialInRegularExpressionsIsPlainHere() {
    IgnoreRules rules = IgnoreRules.parse("a+b(c).txt\n\\*x\n");

    assertThat(rules.excludes("a+b(c).txt")).isTrue();
    assertThat(rules.excludes("aab(c).txt")).isFalse();
    assertThat(rules.excludes("*x")).isTrue();
    assertThat(rules.excludes("yx")).isFalse();
  }
}
