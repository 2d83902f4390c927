package dev.audition.core.run;

import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.HookDelivery.State;
import dev.audition.core.run.RunReport.HookReport;
import dev.audition.core.run.port.HookSender.Answer;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From the queue to the receiver, and what is put on record. */
final class HookServiceTest {
  private static final String FAIL = "run-1/0/on_fail/1";
  private static final Answer BUSY = new Answer.NotNow("answered 503");

  private final World world = new World();

  private World failing() {
    world.defined = SampleHooks.ALL;
    world.step(task().essential("tests").build(), "tests");
    world.runtime.script("tests", exits(1, Duration.ofSeconds(1)));
    return world;
  }

  private HookReport report(String id) {
    return world.report().hooks().stream()
        .filter(hook -> hook.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyHookIsSentOnceInOrder() {
    failing().play();
    assertThat(world.hooks.sentIds())
        .containsExactly(
            "run-1/1/on_fail/1",
            "run-1/1/on_finish/1",
            FAIL,
            "run-1/0/on_fail/2",
            "run-1/0/on_finish/1");
    assertThat(world.report().hooks()).allMatch(hook -> hook.state() == State.DELIVERED);
  }

  @Test
  void aBusyReceiverIsAskedAgainUnderTheSameId() {
    failing().hooks.answers(FAIL, BUSY, BUSY);
    world.play();
    assertThat(world.hooks.sentIds().stream().filter(FAIL::equals)).hasSize(3);
    assertThat(report(FAIL).tries()).isEqualTo(3);
    assertThat(report(FAIL).state()).isEqualTo(State.DELIVERED);
    assertThat(world.report().timeline())
        .extracting(RunReport.TimelineEntry::event)
        .contains(
            "on_fail webhook not delivered, tried again: answered 503",
            "on_fail webhook delivered");
  }

  @Test
  void aReceiverThatStaysBusyIsGivenUpAndGoesToTheDeadLetters() {
    failing()
        .hooks
        .answers(FAIL, IntStream.range(0, 50).mapToObj(_ -> BUSY).toArray(Answer[]::new));
    world.play();
    assertThat(report(FAIL).tries()).isEqualTo(HookService.MOST_TRIES);
    assertThat(report(FAIL).state()).isEqualTo(State.FAILED);
    assertThat(report(FAIL).detail()).isEqualTo("answered 503");
    assertThat(world.hooks.deadIds()).containsExactly(FAIL);
  }

  @Test
  void aReceiverThatRefusesIsNotAskedAgain() {
    failing().hooks.answers(FAIL, new Answer.Refused("answered 404"));
    world.play();
    assertThat(report(FAIL).tries()).isEqualTo(1);
    assertThat(report(FAIL).state()).isEqualTo(State.FAILED);
    HookKey key = HookKey.parse(FAIL).orElseThrow();
    assertThat(world.hookService.deliver(key, 1, true))
        .isInstanceOf(HookService.Result.GivenUp.class);
    assertThat(world.hooks.sentIds().stream().filter(FAIL::equals)).hasSize(1);
  }

  @Test
  void backFromTheDeadLettersItIsTriedAgain() {
    failing().hooks.answers(FAIL, new Answer.Refused("answered 404"));
    world.play();
    HookKey key = HookKey.parse(FAIL).orElseThrow();
    assertThat(world.hookService.deliver(key, 1, false))
        .isEqualTo(new HookService.Result.Done("200"));
    assertThat(report(FAIL).state()).isEqualTo(State.DELIVERED);
    assertThat(world.hookService.deliver(key, 1, false))
        .isEqualTo(new HookService.Result.Done("delivered before"));
  }

  @Test
  void whatTheQueueLosesIsSentAllTheSame() {
    failing().start();
    world.runtime.advance(Duration.ofSeconds(2));
    world.runtime.takeEvents().forEach(world.service::taskChanged);
    world.hooks.lose();
    assertThat(world.run().verdict()).isNotNull();
    world.settle();
    assertThat(world.report().hooks()).allMatch(hook -> hook.state() == State.DELIVERED);
  }

  @Test
  void aHookOfARunThatIsGoneIsDone() {
    assertThat(world.hookService.deliver(HookKey.parse("gone/0/on_fail/1").orElseThrow(), 1, false))
        .isInstanceOf(HookService.Result.Done.class);
  }

  @Test
  void whatWasSaidIsSaidAgainIfItMovedMeanwhile() {
    failing().play();
    Run run = world.run();
    int[] sent = {0};
    HookService service =
        new HookService(
            world.store,
            message -> {
              if (sent[0]++ == 0) {
                Run now = world.run();
                world.store.commit(
                    now.interrupted(
                            new Interruption(Verdict.ERRORED, "moved", world.clock.instant()))
                        .with(
                            now.steps()
                                .getFirst()
                                .end(
                                    Verdict.ERRORED,
                                    new Cause(Cause.Kind.STEP, "It moved.", null),
                                    world.clock.instant()))
                        .withVersion(now.version() + 1),
                    now.version());
              }
              return new Answer.Taken("200");
            },
            world.clock,
            _ -> {});
    Run again =
        run.with(HookDelivery.pending(HookKey.parse(FAIL).orElseThrow(), world.clock.instant()))
            .withVersion(run.version() + 1);
    assertThat(world.store.commit(again, run.version())).isTrue();
    service.deliver(HookKey.parse(FAIL).orElseThrow(), 1, false);
    assertThat(sent[0]).isEqualTo(2);
  }

  @Test
  void theMessageSaysWhatTheRunSaysAndHoldsNoSecret() {
    failing().play();
    HookMessage message = world.hooks.sent().get(2);
    assertThat(message.subject()).isEqualTo("Audition: FAILED audition.yml");
    assertThat(message.text())
        .startsWith("FAILED audition.yml in 1 s (run run-1)\n")
        .contains("tests exited 1");
    Mapping body = (Mapping) JsonReader.read(message.body(), "body");
    assertThat(text(body, "id")).isEqualTo(FAIL);
    assertThat(text(body, "event")).isEqualTo("run.ended");
    assertThat(text(body, "verdict")).isEqualTo("FAILED");
    assertThat(text(body, "runId")).isEqualTo("run-1");
    assertThat(message.body()).doesNotContain("HOOK_SECRET").doesNotContain("key=1");
    Mapping step = (Mapping) JsonReader.read(world.hooks.sent().getFirst().body(), "body");
    assertThat(text(step, "event")).isEqualTo("step.ended");
    assertThat(text((Mapping) step.find("step").orElseThrow(), "name")).isEqualTo("step-1");
  }

  private static String text(Mapping mapping, String key) {
    TreeNode node = mapping.find(key).orElseThrow();
    return node instanceof Scalar scalar ? scalar.text() : node.kind();
  }

  @Test
  void annotationsOfWhatCameToPassAreOnRecordInTheOrderOfTheEnds() {
    failing().play();
    assertThat(world.report().annotations()).isEqualTo(List.of());
    World passing = new World();
    passing.defined = SampleHooks.ALL;
    passing.step(task().essential("tests").build(), "tests");
    passing.runtime.script("tests", exits(0, Duration.ofSeconds(1)));
    passing.play();
    assertThat(passing.report().annotations())
        .extracting(a -> a.entityType() + " " + a.key() + "=" + a.value())
        .containsExactly("build suite=api", "image ok=");
  }

  @Test
  void theTargetIsShownWithoutWhatMayBeSecret() {
    failing().play();
    assertThat(report(FAIL).target())
        .isEqualTo("https://hooks.example.com/audition, signed with HOOK_SECRET");
    assertThat(report("run-1/1/on_fail/1").target()).isEqualTo("the URL in SLACK_URL");
  }
}
