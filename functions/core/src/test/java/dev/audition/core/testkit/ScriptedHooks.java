package dev.audition.core.testkit;

import dev.audition.core.run.HookKey;
import dev.audition.core.run.HookMessage;
import dev.audition.core.run.port.HookQueue;
import dev.audition.core.run.port.HookSender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A queue of hooks, and receivers that answer as a script says; without one they take everything.
 */
public final class ScriptedHooks implements HookQueue, HookSender {
  /**
   * One delivery as the queue gives it.
   *
   * @param received how often, this time included
   */
  public record Letter(HookKey key, int received, Instant dueAt) {}

  private final InstantSource clock;
  private final List<Letter> letters = new ArrayList<>();
  private final List<HookMessage> sent = new ArrayList<>();
  private final List<Letter> dead = new ArrayList<>();
  private final Map<String, Deque<Answer>> answers = new HashMap<>();

  /** Make a queue with nothing in it. */
  public ScriptedHooks(InstantSource clock) {
    this.clock = clock;
  }

  /** Say what the receiver of a delivery answers next; after the last it takes everything. */
  public ScriptedHooks answers(String id, Answer... next) {
    answers.computeIfAbsent(id, _ -> new ArrayDeque<>()).addAll(List.of(next));
    return this;
  }

  @Override
  public void enqueue(HookKey key) {
    letters.add(new Letter(key, 1, clock.instant()));
  }

  @Override
  public Answer send(HookMessage message) {
    sent.add(message);
    Deque<Answer> next = answers.getOrDefault(message.key().id(), new ArrayDeque<>());
    return next.isEmpty() ? new Answer.Taken("200") : next.removeFirst();
  }

  /** Take a letter whose time has come. */
  public Optional<Letter> take() {
    Optional<Letter> due =
        letters.stream().filter(letter -> !letter.dueAt().isAfter(clock.instant())).findFirst();
    due.ifPresent(letters::remove);
    return due;
  }

  /** Give a letter again after a while, as a queue does with what was not deleted. */
  public void giveAgain(Letter letter, Duration after) {
    letters.add(new Letter(letter.key(), letter.received() + 1, clock.instant().plus(after)));
  }

  /** Put a letter to the dead ones. */
  public void bury(Letter letter) {
    dead.add(letter);
  }

  /** Return when the next letter comes. */
  public Optional<Instant> next() {
    return letters.stream().map(Letter::dueAt).min(Comparator.naturalOrder());
  }

  /** Lose everything that is queued. */
  public void lose() {
    letters.clear();
  }

  /** Return all that was sent, in order. */
  public List<HookMessage> sent() {
    return List.copyOf(sent);
  }

  /** Return the ids of all that was sent, in order, repetitions included. */
  public List<String> sentIds() {
    return sent.stream().map(message -> message.key().id()).toList();
  }

  /** Return the ids of the dead letters. */
  public List<String> deadIds() {
    return dead.stream().map(letter -> letter.key().id()).toList();
  }
}
