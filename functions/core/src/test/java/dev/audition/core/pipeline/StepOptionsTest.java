package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepOptionsTest {
  private static Asked build(String keys) {
    return Asked.steps("a: {type: build, " + keys + "}").beside("Dockerfile", "");
  }

  private static StepOptions options(Asked asked) {
    return asked.read().step("a").options();
  }

  @Test
  void aStepThatSaysNothingEndsTheRunWithItsFailure() {
    assertThat(options(build("tag: x"))).isEqualTo(StepOptions.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "'\"false\"', false", "yes, true", "'\"no\"', false", "Off, false"})
  void failFastTakesTextToo(String written, boolean expected) {
    assertThat(options(build("fail_fast: " + written)).failFast()).isEqualTo(expected);
  }

  /** There is nothing else that could fail such a run. */
  @Test
  void aStepAskedForByNameCountsWhateverItsFailFastSays() {
    Asked asked = Asked.steps("a: {image: 'debian:12', commands: [ls], fail_fast: false}");
    assertThat(options(asked).failFast()).isFalse();
    assertThat(options(asked.step("a")).failFast()).isTrue();
  }

  @Test
  void failFastTakesAVariable() {
    assertThat(options(build("fail_fast: '${{FF}}'").var("FF", "false")).failFast()).isFalse();
  }

  @Test
  void anUnresolvedVariableLeavesFailFastAsItIsByDefault() {
    Asked.Answer answer = build("fail_fast: '${{FF}}'").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.step("a").options().failFast()).isTrue();
    assertThat(answer.warnings())
        .containsExactly(
            "codefresh.yml:3:31: steps.a.fail_fast: ${{FF}} has no value and stays as written."
                + " Give it with --var FF=VALUE.");
  }

  @Test
  void refusesAFailFastThatIsNeither() {
    assertThat(build("fail_fast: maybe").read().refusals())
        .containsExactly(
            "codefresh.yml:3:31: steps.a.fail_fast: is \"maybe\" (expected: true, false, or one"
                + " ${{VARIABLE}})");
  }

  @Test
  void strictFailFastIsARealBooleanOrAVariable() {
    assertThat(options(build("strict_fail_fast: true")).strictFailFast()).isTrue();
    assertThat(options(build("strict_fail_fast: '${{S}}'").var("S", "true")).strictFailFast())
        .isTrue();
    assertThat(build("strict_fail_fast: 'true'").read().refusals())
        .containsExactly(
            "codefresh.yml:3:38: steps.a.strict_fail_fast: is \"true\" (expected: true or false"
                + " without quotes, or one ${{VARIABLE}})");
  }

  @Test
  void readsATimeoutWithAVariable() {
    assertThat(options(build("timeout: '${{T}}m'").var("T", "2")).timeout()).hasMinutes(2);
  }

  @Test
  void zeroAndNullMeanNoTimeout() {
    assertThat(options(build("timeout: 0m")).timeout()).isNull();
    assertThat(options(build("timeout: null")).timeout()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1d", "-1m", "60", "[1m]"})
  void warnsOfATimeoutThatIsNoneAndIgnoresIt(String written) {
    Asked.Answer answer = build("timeout: " + written).read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.warnings()).singleElement().asString().contains("is ignored");
    assertThat(answer.step("a").options().timeout()).isNull();
  }

  @Test
  void aBranchThatDoesNotFitSkipsTheStep() {
    String when = "when: {branch: {only: [main]}}";
    assertThat(options(build(when).branch("dev")).skippedBy())
        .isEqualTo("when.branch.only allows main; the branch is dev");
    assertThat(options(build(when).branch("main")).skippedBy()).isNull();
    assertThat(options(build(when).git("CF_BRANCH", "main")).skippedBy()).isNull();
    assertThat(options(build(when)).skippedBy()).contains("no branch is known");
  }

  @Test
  void aStepAskedForByNameRunsOnAnyBranch() {
    Asked.Answer answer = build("when: {branch: {ignore: [/^d/]}}").branch("dev").step("a").read();
    assertThat(answer.step("a").options().skippedBy()).isNull();
    assertThat(answer.warnings())
        .containsExactly(
            "codefresh.yml:3:20: steps.a.when: when.branch.ignore leaves out /^d/; the branch is"
                + " dev; the step was asked for by name and runs all the same");
  }

  @Test
  void refusesBranchesThatAreNotListedOrNoExpressions() {
    assertThat(build("when: {branch: {only: main}}").read().refusals())
        .containsExactly(
            "codefresh.yml:3:42: steps.a.when.branch.only: is \"main\" (expected: a list of"
                + " branches)");
    assertThat(build("when: {branch: {only: ['/(/']}}").read().refusals())
        .singleElement()
        .asString()
        .contains("an expression");
    assertThat(build("when: {branch: {olny: [a]}}").read().refusals())
        .containsExactly(
            "codefresh.yml:3:36: steps.a.when.branch.olny: is no key here (expected: only, ignore)."
                + " Did you mean only?");
    assertThat(build("when: {brunch: {}}").read().refusals())
        .singleElement()
        .asString()
        .contains("Did you mean branch?");
    assertThat(build("when: always").read().refusals()).hasSize(1);
  }
}
