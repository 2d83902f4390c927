package dev.audition.aws.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.AwsAccess;
import dev.audition.core.task.TaskArn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/** What {@link CloudWatchLogSource} is to a service that speaks CloudWatch Logs. */
public abstract class LogsContract {
  private static final String STARTED_BY = "r/1/1/1";
  private static final String STREAM = "run/test/6f0c1d3f";

  private final CloudWatchLogsClient account;
  private final String group = "/audition/" + UUID.randomUUID();
  private final CloudWatchLogSource source;

  /** Ask where this access leads to. */
  protected LogsContract(AwsAccess access) {
    this.account = access.client(CloudWatchLogsClient.builder());
    this.source =
        new CloudWatchLogSource(
            access,
            group,
            "run",
            startedBy ->
                startedBy.equals(STARTED_BY)
                    ? Optional.of(new TaskArn("arn:aws:ecs:x:1:task/shop/6f0c1d3f"))
                    : Optional.empty());
    account.createLogGroup(r -> r.logGroupName(group));
  }

  private void write(String... lines) {
    long now = Instant.now().toEpochMilli();
    List<InputLogEvent> events =
        IntStream.range(0, lines.length)
            .mapToObj(i -> InputLogEvent.builder().timestamp(now + i).message(lines[i]).build())
            .toList();
    account.putLogEvents(r -> r.logGroupName(group).logStreamName(STREAM).logEvents(events));
  }

  private static List<String> all(LogFollower follower) {
    List<String> seen = new ArrayList<>();
    do {
      follower.next().forEach(line -> seen.add(line.text()));
    } while (!follower.caughtUp());
    return seen;
  }

  @Test
  void theLastLinesAreReadInTheirOrder() {
    account.createLogStream(r -> r.logGroupName(group).logStreamName(STREAM));
    write("one", "zwölf", "three", "four");
    assertThat(source.tail(STARTED_BY, "test", 3)).containsExactly("zwölf", "three", "four");
    assertThat(source.tail(STARTED_BY, "test", 100)).hasSize(4);
  }

  @Test
  void whatNeverSpokeHasNothing() {
    assertThat(source.tail(STARTED_BY, "test", 5)).isEmpty();
  }

  @Test
  void whatComesIsFollowed() {
    LogFollower follower = source.follow(STARTED_BY, "test").orElseThrow();
    assertThat(all(follower)).isEmpty();
    account.createLogStream(r -> r.logGroupName(group).logStreamName(STREAM));
    write("one", "two");
    assertThat(all(follower)).containsExactly("one", "two");
    write("three");
    assertThat(all(follower)).containsExactly("three");
  }
}
