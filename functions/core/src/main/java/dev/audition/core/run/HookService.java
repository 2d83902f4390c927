package dev.audition.core.run;

import dev.audition.core.hook.Hook;
import dev.audition.core.run.RunEvent.HookTried;
import dev.audition.core.run.RunEvent.HookTried.Outcome;
import dev.audition.core.run.port.HookSender;
import dev.audition.core.run.port.HookSender.Answer;
import dev.audition.core.run.port.RunStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Sends what a {@link dev.audition.core.run.port.HookQueue} was given and puts on record what came
 * of it. Whoever calls it may die at any point: the queue gives the delivery again, under the same
 * id.
 */
public final class HookService {
  /** How often a delivery is tried before the queue's dead letters get it. */
  public static final int MOST_TRIES = RetryPolicy.HOOKS.delays().size() + 1;

  /** What a run says may change while it is being told; this often it is told again at once. */
  private static final int MOST_REPETITIONS = 3;

  /** What is to become of a delivery in the queue. */
  public sealed interface Result {
    /** It is over: delivered, now or earlier, or of a run that is not there any more. */
    record Done(String detail) implements Result {}

    /** To be given again. */
    record Again(Duration after, String detail) implements Result {}

    /** Given up; it belongs to the dead letters. */
    record GivenUp(String detail) implements Result {}
  }

  private final RunStore store;
  private final HookSender sender;
  private final InstantSource clock;
  private final RunCommits commits;

  /** Make one. */
  public HookService(
      RunStore store, HookSender sender, InstantSource clock, Progress.Listener listener) {
    this.store = store;
    this.sender = sender;
    this.clock = clock;
    this.commits = new RunCommits(store, clock, new ProgressTeller(listener));
  }

  /**
   * Send a delivery, unless it was taken before.
   *
   * @param attempt which attempt of a series of {@link #MOST_TRIES} this is, 1-based; what comes
   *     back from the dead letters goes on where it was
   * @param redelivered whether the queue has given this very message before; what was given up is
   *     then not sent again, so that it ends with the dead letters
   */
  public Result deliver(HookKey key, int attempt, boolean redelivered) {
    Optional<Run> run = store.load(key.run());
    Optional<Hook> hook = run.flatMap(r -> r.hooks().hook(key));
    Optional<HookDelivery> delivery = run.flatMap(r -> r.hooks().delivery(key));
    if (run.isEmpty() || hook.isEmpty() || delivery.isEmpty()) {
      return new Result.Done("there is no such run or hook any more");
    }
    HookDelivery known = delivery.get();
    return switch (known.state()) {
      case DELIVERED -> new Result.Done("delivered before");
      case FAILED ->
          redelivered
              ? new Result.GivenUp(known.detail())
              : tried(run.get(), hook.get(), known, attempt);
      case PENDING, QUEUED -> tried(run.get(), hook.get(), known, attempt);
    };
  }

  private Result tried(Run run, Hook hook, HookDelivery known, int attempt) {
    return record(known.key(run.id()), known.tries() + 1, attempt, send(run, hook));
  }

  private Answer send(Run run, Hook hook) {
    HookMessage message = HookMessages.of(run, hook, clock.instant());
    Answer answer = sender.send(message);
    for (int i = 1; i < MOST_REPETITIONS && answer instanceof Answer.Taken; i++) {
      Run now = store.load(run.id()).orElse(run);
      HookMessage next = HookMessages.of(now, hook, clock.instant());
      if (next.body().equals(message.body())) {
        return answer;
      }
      message = next;
      answer = sender.send(message);
    }
    return answer;
  }

  private Result record(HookKey key, int tryNumber, int attempt, Answer answer) {
    Optional<Duration> delay = RetryPolicy.HOOKS.after(attempt);
    String detail = answer.detail();
    return switch (answer) {
      case Answer.Taken _ -> {
        told(key, tryNumber, Outcome.DELIVERED, detail);
        yield new Result.Done(detail);
      }
      case Answer.NotNow _ when delay.isPresent() -> {
        told(key, tryNumber, Outcome.TRIED_AGAIN, detail);
        yield new Result.Again(delay.get(), detail);
      }
      case Answer.NotNow _, Answer.Refused _ -> {
        told(key, tryNumber, Outcome.GIVEN_UP, detail);
        yield new Result.GivenUp(detail);
      }
    };
  }

  private void told(HookKey key, int tryNumber, Outcome outcome, String detail) {
    commits.commit(key.run(), List.of(new HookTried(key, tryNumber, outcome, detail)));
  }
}
