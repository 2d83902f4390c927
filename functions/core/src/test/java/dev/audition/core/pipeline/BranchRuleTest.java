package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchRuleTest {
  private static List<BranchRule.Entry> entries(String... texts) {
    return Arrays.stream(texts).map(text -> BranchRule.entry(text).orElseThrow()).toList();
  }

  private static boolean runs(
      @Nullable List<BranchRule.Entry> only,
      @Nullable List<BranchRule.Entry> ignore,
      @Nullable String branch) {
    return new BranchRule(only, ignore).objection(branch) == null;
  }

  @Test
  void onlyWantsOneThatMatches() {
    assertThat(runs(entries("main", "dev"), null, "dev")).isTrue();
    assertThat(runs(entries("main", "dev"), null, "develop")).isFalse();
    assertThat(runs(List.of(), null, "dev")).isFalse();
  }

  @Test
  void ignoreWantsNoneThatMatches() {
    assertThat(runs(null, entries("main"), "dev")).isTrue();
    assertThat(runs(null, entries("main"), "main")).isFalse();
    assertThat(runs(null, List.of(), "main")).isTrue();
  }

  @Test
  void bothMustHold() {
    assertThat(runs(entries("/^v/"), entries("v2"), "v1")).isTrue();
    assertThat(runs(entries("/^v/"), entries("v2"), "v2")).isFalse();
    assertThat(runs(entries("/^v/"), entries("v2"), "w1")).isFalse();
  }

  @Test
  void withoutABranchOnlyFailsAndIgnoreHolds() {
    assertThat(runs(entries("main"), null, null)).isFalse();
    assertThat(runs(null, entries("main"), null)).isTrue();
  }

  @Test
  void expressionsAreSearchedForAndMayForgetCase() {
    assertThat(runs(entries("/fix/"), null, "a-fix-for-it")).isTrue();
    assertThat(runs(entries("/^FB-/"), null, "fb-1")).isFalse();
    assertThat(runs(entries("/^FB-/i"), null, "fb-1")).isTrue();
  }

  @Test
  void namesHoldNoExpressions() {
    assertThat(runs(entries("release/.*"), null, "release/1")).isFalse();
    assertThat(runs(entries("/"), null, "/")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/(/", "/a/g", "/[/i"})
  void badExpressionsAreNone(String text) {
    assertThat(BranchRule.entry(text)).isEmpty();
  }

  @Test
  void anExpressionTooLongIsNone() {
    assertThat(BranchRule.entry("/" + "(".repeat(1000) + ")".repeat(1000) + "/")).isEmpty();
  }

  @Test
  void anExpressionThatWouldSearchForeverDoesNotMatch() {
    assertThat(runs(entries("/^(a+)+$/"), null, "a".repeat(60) + "!")).isFalse();
  }

  @Test
  void theObjectionNamesTheRuleAndTheBranch() {
    assertThat(new BranchRule(entries("main", "/^v/"), null).objection("dev"))
        .isEqualTo("when.branch.only allows main, /^v/; the branch is dev");
    assertThat(new BranchRule(entries("main"), null).objection(null))
        .isEqualTo("when.branch.only allows main; no branch is known");
    assertThat(new BranchRule(null, entries("main")).objection("main"))
        .isEqualTo("when.branch.ignore leaves out main; the branch is main");
  }
}
