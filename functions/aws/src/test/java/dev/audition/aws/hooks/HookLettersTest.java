package dev.audition.aws.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.CloudException;
import dev.audition.core.hook.Hook;
import dev.audition.core.hook.HookKind;
import dev.audition.core.hook.HookTarget;
import dev.audition.core.hook.Hooks;
import dev.audition.core.run.HookDelivery.State;
import dev.audition.core.run.HookKey;
import dev.audition.core.run.HookLetter;
import dev.audition.core.run.HookService;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.HookSender.Answer;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.testkit.InMemoryRunStore;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.ScriptedHooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A queue that gives a message until it is done with, as SQS does. */
final class HookLettersTest {
  private static final HookKey KEY = new HookKey(new RunId("run-1"), 0, HookKind.ON_FAIL, 1);

  private record Sent(String body, Duration delay) {}

  private final ManualClock clock = new ManualClock();
  private final InMemoryRunStore store = new InMemoryRunStore();
  private final ScriptedHooks receivers = new ScriptedHooks(clock);
  private final HookService service = new HookService(store, receivers, clock, _ -> {});
  private final List<Sent> queue = new ArrayList<>();
  private final HookLetters letters =
      new HookLetters((body, delay) -> queue.add(new Sent(body, delay)));

  @BeforeEach
  void refuseARun() {
    Hooks hooks =
        new Hooks(
            List.of(new Hook(Hooks.RUN, HookKind.ON_FAIL, 1, new HookTarget.EventBridge("ops"))),
            List.of());
    assertThat(
            store.create(Run.refused(KEY.run(), "a.yml", "no", clock.instant()).withHooks(hooks)))
        .isTrue();
    letters.enqueue(KEY);
  }

  private State state() {
    return store.load(KEY.run()).orElseThrow().hooks().delivery(KEY).orElseThrow().state();
  }

  @Test
  void aMessageNamesItsDeliveryAndNothingElse() {
    assertThat(queue)
        .containsExactly(
            new Sent("{\"schema\":1,\"id\":\"run-1/0/on_fail/1\",\"attempt\":1}", Duration.ZERO));
  }

  @Test
  void whatIsTakenIsDoneAndSoIsItsRepetition() {
    assertThat(letters.handle(queue.getFirst().body(), 1, service)).isTrue();
    assertThat(letters.handle(queue.getFirst().body(), 2, service)).isTrue();
    assertThat(receivers.sentIds()).containsExactly(KEY.id());
    assertThat(state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void aBusyReceiverIsTriedAgainByANewMessageWithGrowingDelays() {
    Answer busy = new Answer.NotNow("busy");
    receivers.answers(KEY.id(), busy, busy, busy, busy, busy, busy);
    List<Boolean> done = new ArrayList<>();
    for (int i = 0; i < queue.size(); i++) {
      done.add(letters.handle(queue.get(i).body(), 1, service));
    }
    assertThat(done).containsExactly(true, true, true, true, true, false);
    assertThat(queue.stream().map(sent -> sent.delay().toSeconds()))
        .containsExactly(0L, 1L, 5L, 30L, 180L, 600L);
    assertThat(state()).isEqualTo(State.FAILED);
  }

  @Test
  void whatIsGivenUpIsNotSentAgainOnItsWayToTheDeadLettersButWhenItComesBackFromThem() {
    receivers.answers(KEY.id(), new Answer.Refused("no"));
    String body = queue.getFirst().body();
    assertThat(letters.handle(body, 1, service)).isFalse();
    assertThat(letters.handle(body, 2, service)).isFalse();
    assertThat(letters.handle(body, 5, service)).isFalse();
    assertThat(receivers.sentIds()).hasSize(1);
    assertThat(letters.handle(body, 1, service)).isTrue();
    assertThat(state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void whatIsNoneOfOursEndsWithTheDeadLetters() {
    for (String body : List.of("", "{}", "[]", "{\"schema\":2,\"id\":\"run-1/0/on_fail/1\"}")) {
      assertThat(letters.handle(body, 1, service)).isFalse();
      assertThat(HookLetter.read(body)).isEmpty();
    }
    assertThat(receivers.sentIds()).isEmpty();
  }

  @Test
  void aQueueThatDoesNotAnswerLeavesTheHookPending() {
    HookLetters away =
        new HookLetters(
            (_, _) -> {
              throw trouble(true);
            });
    assertThatThrownBy(() -> away.enqueue(KEY)).isInstanceOf(RuntimeUnavailableException.class);
  }

  @Test
  void whatTheAccountSaysIsAnAnswerOfHooks() {
    assertThat(CloudAnswers.of(() -> "id-1")).isEqualTo(new Answer.Taken("taken as id-1"));
    assertThat(CloudAnswers.of(() -> fail(true))).isEqualTo(new Answer.NotNow("no topic"));
    assertThat(CloudAnswers.of(() -> fail(false))).isEqualTo(new Answer.Refused("no topic"));
    assertThat(CloudAnswers.secrets(Optional::of).find("a")).contains("a");
    assertThat(CloudAnswers.secrets(_ -> Optional.of(fail(false))).find("a")).isEmpty();
    assertThatThrownBy(() -> CloudAnswers.secrets(_ -> Optional.of(fail(true))).find("a"))
        .isInstanceOf(RuntimeUnavailableException.class);
  }

  private static String fail(boolean retryable) {
    throw trouble(retryable);
  }

  private static CloudException trouble(boolean retryable) {
    return new CloudException("no topic", retryable, "NotFound", new IllegalStateException());
  }
}
