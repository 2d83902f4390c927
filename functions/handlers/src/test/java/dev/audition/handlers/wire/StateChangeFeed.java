package dev.audition.handlers.wire;

import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Delivers {@code ECS Task State Change} events as EventBridge does: in order and once unless it is
 * told otherwise.
 */
public final class StateChangeFeed implements AutoCloseable {
  /**
   * How delivery differs from order and once. The shares are of all events; what is late comes
   * after others that were sent after it.
   */
  public record Disorder(long seed, double twice, double late, double lost, Duration delay) {
    /** In order and once. */
    public static final Disorder NONE = new Disorder(0, 0, 0, 0, Duration.ZERO);
  }

  private final Arns arns;
  private final InstantSource clock;
  private final List<Consumer<String>> subscribers = new CopyOnWriteArrayList<>();
  private final List<RuntimeException> failures = Collections.synchronizedList(new ArrayList<>());
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("state changes").factory());
  private Disorder disorder = Disorder.NONE;
  private Random chance = new Random(0);

  StateChangeFeed(Arns arns, InstantSource clock) {
    this.arns = arns;
    this.clock = clock;
  }

  /** Deliver each event to this from now on, on a thread of the feed's own. */
  public void subscribe(Consumer<String> subscriber) {
    subscribers.add(subscriber);
  }

  /** Deliver in this disorder from now on. */
  public synchronized void disorder(Disorder other) {
    disorder = other;
    chance = new Random(other.seed());
  }

  synchronized void send(TreeNode.Mapping detail) {
    String event = envelope(detail);
    if (chance.nextDouble() < disorder.lost()) {
      return;
    }
    dispatch(event);
    if (chance.nextDouble() < disorder.twice()) {
      dispatch(event);
    }
  }

  private void dispatch(String event) {
    boolean late = chance.nextDouble() < disorder.late();
    long millis = late ? chance.nextLong(1, 1 + disorder.delay().toMillis()) : 0;
    try {
      var _ = thread.schedule(() -> deliver(event), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: nobody listens.
    }
  }

  private void deliver(String event) {
    for (Consumer<String> subscriber : subscribers) {
      try {
        subscriber.accept(event);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
  }

  private String envelope(TreeNode.Mapping detail) {
    TreeNode now = Times.TEXT.render(clock.instant());
    String taskArn = new Fields(detail).text("taskArn");
    Tree.MappingBuilder body = Tree.mapping();
    detail.entries().forEach(entry -> body.put(entry.key(), entry.value()));
    body.put("updatedAt", now);
    return JsonWriter.write(
        Tree.mapping()
            .putText("version", "0")
            .putText("id", UUID.randomUUID().toString())
            .putText("detail-type", "ECS Task State Change")
            .putText("source", "aws.ecs")
            .putText("account", arns.account())
            .put("time", now)
            .putText("region", arns.region())
            .putTexts("resources", List.of(taskArn))
            .put("detail", body.build())
            .build());
  }

  /** Deliver nothing any more, and say what could not be delivered. */
  @Override
  public void close() {
    thread.shutdownNow();
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          failures.size() + " deliveries failed (expected: none)", failures.getFirst());
    }
  }
}
