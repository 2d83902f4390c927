package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.hook.Annotation;
import dev.audition.core.hook.AnnotationChange;
import dev.audition.core.hook.Hook;
import dev.audition.core.hook.HookKind;
import dev.audition.core.hook.HookTarget;
import dev.audition.core.hook.HookUrl;
import dev.audition.core.hook.Hooks;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class HooksReaderTest {
  private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:runs";

  /** Hooks of a root above one step that has nothing to say. */
  private static Asked.Answer root(String hooks) {
    return asked(hooks).read();
  }

  private static Asked asked(String hooks) {
    return Asked.pipeline(
        "version: '1.0'\nhooks:\n"
            + hooks.indent(2)
            + "steps: {a: {image: 'a:1', commands: [ls]}}\n");
  }

  private static Asked.Answer step(String keys) {
    return Asked.pipeline(
            "version: '1.0'\nsteps:\n  first: {image: 'a:1', commands: [ls]}\n"
                + "  a:\n    image: a:1\n    commands: [ls]\n"
                + keys.indent(4))
        .read();
  }

  @Nested
  class Notifications {
    @Test
    void everyTargetIsReadInLongAndShortForm() {
      Asked.Answer answer =
          root(
              """
              on_fail:
                notify:
                  - webhook: {url: 'https://a.example/x', secret: HOOK_SECRET}
                  - webhook: https://b.example
                  - webhook: {url_from: HOOK_URL}
                  - slack: {url_from: SLACK_URL}
                  - sns: {topic: 'arn:aws:sns:eu-west-1:123456789012:runs'}
                  - sns: arn:aws:sns:eu-west-1:123456789012:runs
                  - eventbridge: {bus: default}
              on_success: {notify: {eventbridge: ops/bus}}
              """);
      assertThat(answer.refusals()).isEmpty();
      assertThat(answer.warnings()).isEmpty();
      assertThat(answer.pipeline().hooks().sends())
          .containsExactly(
              fail(1, new HookTarget.Webhook(HookUrl.of("https://a.example/x"), "HOOK_SECRET")),
              fail(2, new HookTarget.Webhook(HookUrl.of("https://b.example"), null)),
              fail(3, new HookTarget.Webhook(HookUrl.named("HOOK_URL"), null)),
              fail(4, new HookTarget.Slack(HookUrl.named("SLACK_URL"))),
              fail(5, new HookTarget.Sns(TOPIC)),
              fail(6, new HookTarget.Sns(TOPIC)),
              fail(7, new HookTarget.EventBridge("default")),
              new Hook(Hooks.RUN, HookKind.ON_SUCCESS, 1, new HookTarget.EventBridge("ops/bus")));
    }

    private static Hook fail(int number, HookTarget target) {
      return new Hook(Hooks.RUN, HookKind.ON_FAIL, number, target);
    }

    @Test
    void hooksOfAStepHaveItsNumberInEitherSpelling() {
      Hook expected = new Hook(2, HookKind.ON_FINISH, 1, new HookTarget.Sns(TOPIC));
      assertThat(
              step("hooks: {on_finish: {notify: [sns: " + TOPIC + "]}}").pipeline().hooks().sends())
          .containsExactly(expected);
      assertThat(step("on_finish: {notify: [sns: " + TOPIC + "]}").pipeline().hooks().sends())
          .containsExactly(expected);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsPlace() {
      assertThat(
              root("""
              on_fial: {}
              on_fail:
                notfy: []
                notify:
                  - webhoook: {}
                  - webhook: {url: 'ftp://a', secert: x}
                  - webhook: {}
                  - webhook: {url: 'https://a', url_from: A}
                  - webhook: {url: 'https://a', secret: '${{TOP}}'}
                  - webhook: {url: 'https://a', secret: whsec_dG9w}
                  - sns: {topic: runs}
                  - eventbridge: 'a b'
                  - nobody
              on_success: 7
              """)
                  .refusals())
          .containsExactly(
              "codefresh.yml:3:3: hooks.on_fial: is no key here (expected: on_success, on_fail,"
                  + " on_finish, on_elected). Did you mean on_fail?",
              "codefresh.yml:5:5: hooks.on_fail.notfy: is no key here (expected: notify, metadata,"
                  + " annotations, exec, steps). Did you mean notify?",
              "codefresh.yml:7:9: hooks.on_fail.notify[0].webhoook: is no key here (expected:"
                  + " webhook, slack, sns, eventbridge). Did you mean webhook?",
              "codefresh.yml:8:24: hooks.on_fail.notify[1].webhook.url: is \"ftp://a\" (expected:"
                  + " an https URL with a host, without user, password and #)",
              "codefresh.yml:8:35: hooks.on_fail.notify[1].webhook.secert: is no key here"
                  + " (expected: url, url_from, secret). Did you mean secret?",
              "codefresh.yml:9:9: hooks.on_fail.notify[2].webhook: has no url. Write url:"
                  + " https://..., or url_from: NAME of a variable that holds it.",
              "codefresh.yml:10:9: hooks.on_fail.notify[3].webhook: has both url and url_from."
                  + " Keep one of them.",
              "codefresh.yml:11:45: hooks.on_fail.notify[4].webhook.secret: is no name (expected:"
                  + " the name of a variable or secret, not its value). Write the name alone,"
                  + " without ${{...}}: it is looked up when the hook is sent.",
              "codefresh.yml:12:45: hooks.on_fail.notify[5].webhook.secret: is no name (expected:"
                  + " the name of a variable or secret, not its value). Write the name alone,"
                  + " without ${{...}}: it is looked up when the hook is sent.",
              "codefresh.yml:13:22: hooks.on_fail.notify[6].sns.topic: is \"runs\" (expected: the"
                  + " ARN of a topic)",
              "codefresh.yml:14:22: hooks.on_fail.notify[7].eventbridge: is \"a b\" (expected: the"
                  + " name or ARN of an event bus)",
              "codefresh.yml:15:9: hooks.on_fail.notify[8]: is \"nobody\" (expected: a mapping"
                  + " such as webhook: {url: https://...})",
              "codefresh.yml:16:15: hooks.on_success: is \"7\" (expected: a mapping with notify,"
                  + " metadata or annotations, or a list of commands)");
    }

    @Test
    void aSecretWrittenDownByMistakeIsNotRepeated() {
      Asked.Answer answer =
          root("on_fail: {notify: {webhook: {url: 'https://a', secret: 'my pass word'}}}");
      assertThat(answer.refusals()).hasSize(1);
      assertThat(answer.refusals().getFirst()).doesNotContain("my pass word");
    }

    @Test
    void variablesAreReplacedAndOneWithoutAValueLeavesTheHookOutWithAWarning() {
      Asked asked = asked("on_fail: {notify: {webhook: 'https://${{HOST}}/x'}}");
      Asked.Answer missing = asked.read();
      assertThat(missing.refusals()).isEmpty();
      assertThat(missing.warnings()).anyMatch(line -> line.contains("nothing is sent there"));
      assertThat(missing.pipeline().hooks().sends()).isEmpty();
      assertThat(asked.var("HOST", "h.example").read().pipeline().hooks().sends())
          .extracting(hook -> hook.target().shown())
          .containsExactly("https://h.example/x");
    }

    @Test
    void plainHttpAndTheUrlOfAChannelAreWarnedOf() {
      assertThat(root("on_fail: {notify: {webhook: 'http://127.0.0.1:9/x'}}").warnings())
          .singleElement()
          .asString()
          .contains("--allow-private-hooks");
      assertThat(
              root("on_fail: {notify: {slack: 'https://hooks.slack.com/services/T0'}}").warnings())
          .singleElement()
          .asString()
          .contains("Write url_from: NAME")
          .doesNotContain("services/T0");
    }

    @Test
    void moreThanARunCanCarryIsRefused() {
      StringBuilder hooks = new StringBuilder("on_fail:\n  notify:\n");
      for (int i = 0; i < 25; i++) {
        hooks.append("  - eventbridge: bus").append(i).append('\n');
      }
      Asked.Answer answer = root(hooks.toString());
      assertThat(answer.refused()).containsExactly(Category.SIZE);
    }
  }

  @Nested
  class Annotations {
    @Test
    void metadataAndAnnotationsAreReadAsTheLanguageHasThem() {
      Asked.Answer answer =
          asked(
                  """
                  on_finish:
                    metadata:
                      set:
                        - '${{IMAGE}}':
                          - coverage: 85%
                          - flag
                    annotations:
                      set:
                        - entity_type: pipeline
                          entity_id: shop/it
                          annotations: [{suite: api}, {passed: 12}, {ok: true}]
                          display: suite
                        - annotations: [reviewed]
                      unset:
                        - {entity_type: project, entity_id: shop, annotations: [old_key]}
                  """)
              .var("IMAGE", "shop:1")
              .read();
      assertThat(answer.refusals()).isEmpty();
      assertThat(answer.warnings()).isEmpty();
      assertThat(answer.pipeline().hooks().changes())
          .containsExactly(
              set("image", "shop:1", "coverage", "85%"),
              set("image", "shop:1", "flag", ""),
              set("pipeline", "shop/it", "suite", "api"),
              set("pipeline", "shop/it", "passed", "12"),
              set("pipeline", "shop/it", "ok", "true"),
              set("build", "", "reviewed", ""),
              new AnnotationChange(
                  Hooks.RUN,
                  HookKind.ON_FINISH,
                  new Annotation("project", "shop", "old_key", ""),
                  true));
    }

    private static AnnotationChange set(String type, String id, String key, String value) {
      return new AnnotationChange(
          Hooks.RUN, HookKind.ON_FINISH, new Annotation(type, id, key, value), false);
    }

    @Test
    void conditionsAreNamedInOneWarningAndFilesInAnother() {
      Asked.Answer answer =
          root(
              """
              on_finish:
                annotations:
                  set:
                    - annotations: [{main: {evaluate: "1 == 1"}}, {all: {evaluate: "1"}}, {log: 'file:a'}]
              """);
      assertThat(answer.refusals()).isEmpty();
      assertThat(answer.warnings())
          .hasSize(2)
          .anyMatch(line -> line.contains("an annotation with evaluate is not run yet"))
          .anyMatch(line -> line.contains("the file is not read"));
      assertThat(answer.pipeline().hooks().changes()).hasSize(1);
    }

    @Test
    void whatTheLanguageForbidsIsRefusedByPlace() {
      assertThat(
              root("""
              on_finish:
                metadata: {sett: []}
                annotations:
                  set:
                    - {entity_type: build}
                    - annotations: [{a-b: 1}, {b: null}, {c: [1]}]
                  unset: [{annotations: [d], display: d}]
              """)
                  .refusals())
          .containsExactly(
              "codefresh.yml:4:16: hooks.on_finish.metadata.sett: is no key here (expected: set)."
                  + " Did you mean set?",
              "codefresh.yml:7:11: hooks.on_finish.annotations.set[0]: is a mapping (expected:"
                  + " annotations: a list)",
              "codefresh.yml:8:26: hooks.on_finish.annotations.set[1].annotations[0].a-b: \"a-b\""
                  + " is no name of an annotation (expected: letters, digits and _)",
              "codefresh.yml:8:39: hooks.on_finish.annotations.set[1].annotations[1].b: is nothing"
                  + " (expected: text, a number or true or false)",
              "codefresh.yml:8:50: hooks.on_finish.annotations.set[1].annotations[2].c: is a list"
                  + " (expected: text, a number or true or false, or a mapping with evaluate)",
              "codefresh.yml:9:34: hooks.on_finish.annotations.unset[0].display: is no key here"
                  + " (expected: entity_type, entity_id, annotations)");
    }
  }

  @Nested
  class Containers {
    @Test
    void hooksThatNeedAContainerAreNamedInOneWarningInEveryForm() {
      Asked.Answer answer =
          root(
              """
              on_elected: [ls]
              on_success: [ls]
              on_fail: {exec: {image: 'a:1', commands: [ls]}, notify: {eventbridge: default}}
              on_finish: {steps: {clean: {image: 'a:1'}}, mode: parallel}
              """);
      assertThat(answer.refusals()).isEmpty();
      assertThat(answer.warnings())
          .containsExactlyInAnyOrder(
              "codefresh.yml:3:3: hooks.on_elected is not run yet on one machine and left out"
                  + " (hooks.on_elected)",
              "codefresh.yml:4:3: a hook with commands or steps is not run yet on one machine and"
                  + " left out (hooks.on_success, hooks.on_fail, hooks.on_finish)");
      assertThat(answer.pipeline().hooks().sends()).hasSize(1);
    }

    @Test
    void theOldSpellingHoldsNoCommandsAndDoesNotStandBesideTheNew() {
      assertThat(step("on_fail: {exec: [ls]}").refusals())
          .containsExactly(
              "codefresh.yml:7:15: steps.a.on_fail.exec: commands are for hooks only. Write hooks:"
                  + " {on_fail: {exec: ...}}.");
      assertThat(step("on_fail: {metadata: {set: []}}\nhooks: {on_finish: [ls]}").refusals())
          .containsExactly(
              "codefresh.yml:7:5: steps.a.on_fail: stands beside hooks, which says the same in"
                  + " today's spelling. Move it below hooks.");
      assertThat(step("on_fail: {metadata: {set: []}}\nhooks: {on_elected: [ls]}").refusals())
          .isEmpty();
    }

    @Test
    void whatStandsForNothingInTheOldSpellingIsLeftOutWithAWarning() {
      Asked.Answer answer = step("on_success: ...");
      assertThat(answer.refusals()).isEmpty();
      assertThat(answer.warnings())
          .containsExactly(
              "codefresh.yml:7:17: steps.a.on_success: is \"...\" (expected: a mapping with"
                  + " metadata, annotations or notify) and left out");
    }

    @Test
    void theRootKnowsTheNewSpellingOnly() {
      assertThat(
              Asked.pipeline(
                      "version: '1.0'\non_fail: {}\nsteps: {a: {image: 'a:1', commands: [ls]}}\n")
                  .read()
                  .refusals())
          .containsExactly(
              "codefresh.yml:2:1: on_fail: is no key of a pipeline's root. Write hooks: {on_fail:"
                  + " ...}; only steps have it without.");
    }
  }

  @Nested
  class ComposeFiles {
    private static final String SERVICES = "services: {sut: {image: 'a:1'}}\n";

    @Test
    void hooksStandUnderOurKeyAndAreThoseOfTheRun() {
      Asked.Answer answer =
          Asked.file(
                  "compose.yml",
                  SERVICES
                      + "x-audition:\n  hooks:\n    on_fail:\n"
                      + "      notify: [webhook: 'https://${HOST}/x']\n")
              .var("HOST", "h.example")
              .read();
      assertThat(answer.refusals()).isEmpty();
      assertThat(answer.pipeline().hooks().sends())
          .containsExactly(
              new Hook(
                  Hooks.RUN,
                  HookKind.ON_FAIL,
                  1,
                  new HookTarget.Webhook(HookUrl.of("https://h.example/x"), null)));
    }

    @Test
    void mistakesHaveTheirPlaceThereToo() {
      assertThat(
              Asked.file("compose.yml", SERVICES + "x-audition: {hooks: {on_fail: {notfy: 1}}}\n")
                  .read()
                  .refusals())
          .containsExactly(
              "compose.yml:2:32: x-audition.hooks.on_fail.notfy: is no key here (expected: notify,"
                  + " metadata, annotations, exec, steps). Did you mean notify?");
    }
  }
}
