package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepNodesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a.b", "a#b", "a$b", "'a[b'", "a]b"})
  void refusesCharactersThatExpressionsUse(String name) {
    assertThat(Asked.steps(name + ": {type: build}").read().refusals())
        .singleElement()
        .asString()
        .contains("a step's name holds none of . # $ [ ]");
  }

  @Test
  void allowsHyphensAndSpaces() {
    Asked.Answer answer = Asked.steps("my first-step: {type: build}").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.stepNames()).containsExactly("my first-step");
  }

  @Test
  void refusesNamesOfMoreThan150Characters() {
    assertThat(Asked.steps("a".repeat(150) + ": {type: build}").read().refusals()).isEmpty();
    assertThat(Asked.steps("a".repeat(151) + ": {type: build}").read().refusals())
        .singleElement()
        .asString()
        .contains("a step's name has 1 to 150 characters (this one: 151)");
  }

  @Test
  void refusesANameThatAChildOfAParallelStepHasToo() {
    assertThat(
            Asked.steps("p:\n  type: parallel\n  steps:\n    a: {type: build}\na: {type: build}\n")
                .planOnly()
                .read()
                .refusals())
        .containsExactly(
            "codefresh.yml:7:3: steps.a: a step of this name stands at line 6 already; names are"
                + " unique in the whole file, children of parallel steps included. Rename one of"
                + " them.");
  }

  @Test
  void substitutesVariablesInNames() {
    assertThat(
            Asked.steps("'build ${{WHAT}}': {type: build}").var("WHAT", "app").read().stepNames())
        .containsExactly("build app");
  }

  @Test
  void refusesAStepThatIsNoMapping() {
    assertThat(Asked.steps("a:\nb: [1]\nc: text").read().refusals())
        .containsExactly(
            "codefresh.yml:3:3: steps.a: is nothing (expected: a mapping with the step's keys)."
                + " Write its keys below it, indented.",
            "codefresh.yml:4:3: steps.b: is a list (expected: a mapping with the step's keys)."
                + " Write its keys below it, indented.",
            "codefresh.yml:5:3: steps.c: is \"text\" (expected: a mapping with the step's keys)."
                + " Write its keys below it, indented.");
  }

  @Test
  void mergesArgumentsOverTheStepsOwnKeys() {
    Asked.Answer answer =
        Asked.steps(
                """
                a:
                  type: build
                  target: own
                  timeout: 1m
                  arguments:
                    target: wins
                    fail-fast: false\
                """)
            .read();
    Step.BuildStep step = (Step.BuildStep) answer.step("a");
    assertThat(step.build().target()).isEqualTo("wins");
    assertThat(step.options().failFast()).isFalse();
    assertThat(step.options().timeout()).hasMinutes(1);
  }

  @Test
  void refusesArgumentsThatAreNoMapping() {
    assertThat(Asked.steps("a: {type: build, arguments: [x]}").read().refusals())
        .containsExactly(
            "codefresh.yml:3:31: steps.a.arguments: is a list (expected: a mapping of the step's"
                + " keys)");
  }

  @Test
  void takesOldSpellingsAndRefusesBothAtOnce() {
    assertThat(
            Asked.steps("a: {type: build, working-directory: ./sub}").read().step("a").toString())
        .contains("/ws/sub");
    assertThat(Asked.steps("a: {type: build, fail-fast: true, fail_fast: false}").read().refusals())
        .singleElement()
        .asString()
        .contains("steps.a.fail-fast: fail_fast is the same key, and both are there");
  }

  @Test
  void cutsTheVersionOffBuiltInTypes() {
    assertThat(Asked.steps("a: {type: 'build:1.0.0'}").read().step("a"))
        .isInstanceOf(Step.BuildStep.class);
  }

  @Test
  void refusesATypeThatIsNoText() {
    assertThat(Asked.steps("a: {type: [build]}").read().refusals())
        .containsExactly(
            "codefresh.yml:3:7: steps.a.type: is a list (expected: text such as composition)");
  }

  @Test
  void refusesAParallelStepWithoutSteps() {
    assertThat(Asked.steps("a: {type: parallel}").planOnly().read().refusals())
        .containsExactly(
            "codefresh.yml:3:3: steps.a.steps: a parallel step needs a mapping of at least one"
                + " step under steps");
  }

  @Test
  void childrenOfAParallelStepInheritItsTimeout() {
    Asked.Answer answer =
        Asked.steps(
                """
                p:
                  type: parallel
                  timeout: 3m
                  steps:
                    a: {type: build}
                    b: {type: build, timeout: 1m}
                    c: {type: build, timeout: null}
                """)
            .planOnly()
            .read();
    assertThat(answer.step("a").options().timeout()).hasMinutes(3);
    assertThat(answer.step("b").options().timeout()).hasMinutes(1);
    assertThat(answer.step("c").options().timeout()).isNull();
  }
}
