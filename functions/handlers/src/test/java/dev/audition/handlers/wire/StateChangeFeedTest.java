package dev.audition.handlers.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.audition.core.testkit.Eventually;
import dev.audition.core.tree.Tree;
import dev.audition.handlers.wire.StateChangeFeed.Disorder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StateChangeFeedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Integer> versions = new CopyOnWriteArrayList<>();

  private StateChangeFeed feed() {
    StateChangeFeed feed = new StateChangeFeed(Arns.SAMPLE, InstantSource.system());
    feed.subscribe(
        event -> versions.add(Fields.parse(event).object("detail").number("version", 0)));
    return feed;
  }

  private static void send(StateChangeFeed feed, int count) {
    IntStream.rangeClosed(1, count)
        .forEach(
            version ->
                feed.send(
                    Tree.mapping().putText("taskArn", "t").putNumber("version", version).build()));
  }

  @Test
  void eventsComeInOrderAndOnceUnlessToldOtherwise() {
    try (StateChangeFeed feed = feed()) {
      send(feed, 50);

      Eventually.within(PATIENCE, "50 events", () -> versions.size() >= 50);
      assertThat(versions).isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
    }
  }

  @Test
  void eventsComeTwiceAndLate() {
    try (StateChangeFeed feed = feed()) {
      feed.disorder(new Disorder(7, 0.5, 0.5, 0, Duration.ofMillis(20)));
      send(feed, 50);

      Eventually.within(PATIENCE, "every event", () -> versions.stream().distinct().count() == 50);
      Eventually.within(PATIENCE, "some twice", () -> versions.size() > 60);
      assertThat(versions).isNotEqualTo(versions.stream().sorted().toList());
    }
  }

  @Test
  void eventsAreLost() {
    try (StateChangeFeed feed = feed()) {
      feed.disorder(new Disorder(7, 0, 0, 1, Duration.ZERO));
      send(feed, 10);
      feed.disorder(Disorder.NONE);
      send(feed, 1);

      Eventually.within(PATIENCE, "the last event", () -> !versions.isEmpty());
      assertThat(versions).containsExactly(1);
    }
  }

  @Test
  void deliveryThatFailsIsSaidAtTheEnd() {
    StateChangeFeed feed = feed();
    feed.subscribe(
        _ -> {
          throw new IllegalArgumentException("no queue");
        });
    send(feed, 1);
    Eventually.within(PATIENCE, "the event", () -> versions.size() == 1);

    assertThatIllegalStateException().isThrownBy(feed::close).withMessageContaining("1 deliver");
  }
}
