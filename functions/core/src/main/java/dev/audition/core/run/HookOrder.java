package dev.audition.core.run;

import dev.audition.core.hook.Hook;
import dev.audition.core.hook.Hooks;
import dev.audition.core.run.RunCommand.SendHook;
import dev.audition.core.run.RunEvent.HookQueued;
import dev.audition.core.run.RunEvent.HookTried;
import dev.audition.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of hooks. A verdict sets them off and never waits for them: first those of the
 * steps, then those of the run, in each the ones for the outcome before {@code on_finish}.
 */
final class HookOrder {
  /** After this long without a word a delivery is taken for lost and queued again. */
  static final Duration SILENT = Duration.ofHours(2);

  /** How often a delivery is handed to the queue before it is given up. */
  static final int MOST_QUEUED = 3;

  private HookOrder() {}

  /** Set off what the verdicts ask for and is not set off yet. */
  static Run settle(Run run, Instant now) {
    Run next = run;
    for (StepState step : run.steps()) {
      next = fire(next, step.number(), step.verdict(), now);
    }
    return fire(next, Hooks.RUN, next.verdict(), now);
  }

  private static Run fire(Run run, int step, @Nullable Verdict verdict, Instant now) {
    Run next = run;
    List<Hook> hooks = verdict == null ? List.of() : run.hooks().defined().firing(step, verdict);
    for (Hook hook : hooks) {
      HookKey key = HookKey.of(run.id(), hook);
      if (next.hooks().delivery(key).isEmpty()) {
        next = next.with(HookDelivery.pending(key, now)).command(new SendHook(key), now);
      }
    }
    return next;
  }

  static Run onQueued(Run run, HookQueued queued, Instant now) {
    String command = new SendHook(queued.key()).id();
    if (!run.isPending(command)) {
      return run;
    }
    Run next = run.withoutCommands(c -> c.id().equals(command));
    return next.hooks()
        .delivery(queued.key())
        .filter(delivery -> delivery.state() == HookDelivery.State.PENDING)
        .map(delivery -> next.with(delivery.queuedAt(now)))
        .orElse(next);
  }

  static Run onTried(Run run, HookTried tried, Instant now) {
    Optional<HookDelivery> known = run.hooks().delivery(tried.key());
    if (known.isEmpty() || !news(known.get(), tried)) {
      return run;
    }
    HookDelivery.State state =
        switch (tried.outcome()) {
          case DELIVERED -> HookDelivery.State.DELIVERED;
          case TRIED_AGAIN -> HookDelivery.State.QUEUED;
          case GIVEN_UP -> HookDelivery.State.FAILED;
        };
    String command = new SendHook(tried.key()).id();
    return run.withoutCommands(c -> c.id().equals(command))
        .with(known.get().tried(state, tried.tryNumber(), tried.detail(), now))
        .told(now, subject(run, tried.key()), words(run, tried));
  }

  /** Of the same try told twice the first telling counts; an answer counts whenever it comes. */
  private static boolean news(HookDelivery known, HookTried tried) {
    boolean later = tried.tryNumber() > known.tries();
    return switch (known.state()) {
      case DELIVERED -> false;
      case FAILED -> later || tried.outcome() == HookTried.Outcome.DELIVERED;
      case PENDING, QUEUED -> later || tried.outcome() != HookTried.Outcome.TRIED_AGAIN;
    };
  }

  private static String subject(Run run, HookKey key) {
    return run.step(key.step()).map(StepState::name).orElse("run");
  }

  private static String words(Run run, HookTried tried) {
    String hook =
        tried.key().kind().word()
            + run.hooks().hook(tried.key()).map(h -> " " + h.target().type()).orElse("");
    return switch (tried.outcome()) {
      case DELIVERED -> hook + " delivered";
      case TRIED_AGAIN -> hook + " not delivered, tried again: " + tried.detail();
      case GIVEN_UP -> hook + " given up: " + tried.detail();
    };
  }

  /** Queue again what nothing was heard of for long. */
  static Run onPassed(Run run, Instant now) {
    Run next = run;
    for (HookDelivery delivery : run.hooks().deliveries()) {
      Instant lost = lostAt(delivery);
      if (lost == null || now.isBefore(lost)) {
        continue;
      }
      next =
          delivery.queued() < MOST_QUEUED
              ? next.with(delivery.again(now)).command(new SendHook(delivery.key(run.id())), now)
              : next.with(
                  delivery.failed(
                      "queued %d times, and nothing was heard of it".formatted(delivery.queued()),
                      now));
    }
    return next;
  }

  /** Return when a delivery is taken for lost; null if it is not on its way. */
  static @Nullable Instant lostAt(HookDelivery delivery) {
    return delivery.state() == HookDelivery.State.QUEUED ? delivery.changedAt().plus(SILENT) : null;
  }

  /** Give up all that is not settled: nobody will send it any more. */
  static Run abandoned(Run run, String why, Instant now) {
    Run next = settle(run, now).withoutCommands(SendHook.class::isInstance);
    for (HookDelivery delivery : next.hooks().deliveries()) {
      if (!delivery.state().settled()) {
        String last = delivery.detail().isEmpty() ? "" : "; the last try: " + delivery.detail();
        next = next.with(delivery.failed(why + last, now));
      }
    }
    return next;
  }
}
