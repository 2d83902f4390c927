package dev.audition.aws.logs;

import dev.audition.aws.CloudException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Follows the output of one container from its beginning. The service hands out five requests a
 * second for each stream's reader, so whoever asks waits a second between two empty answers. Not
 * safe for several threads.
 */
public final class LogFollower {
  private final CloudWatchLogsClient logs;
  private final String group;
  private final String stream;
  private @Nullable String token;
  private boolean caughtUp;

  LogFollower(CloudWatchLogsClient logs, String group, String stream) {
    this.logs = logs;
    this.group = group;
    this.stream = stream;
  }

  /**
   * Return the lines that came since the last call, oldest first; empty if there are none yet.
   *
   * @throws CloudException if the service did not answer
   */
  public List<LogLine> next() {
    GetLogEventsRequest request =
        GetLogEventsRequest.builder()
            .logGroupName(group)
            .logStreamName(stream)
            .startFromHead(true)
            .nextToken(token)
            .build();
    try {
      GetLogEventsResponse answer = logs.getLogEvents(request);
      String next = answer.nextForwardToken();
      // The same token again: this was the end, for now.
      caughtUp = answer.events().isEmpty() && (next == null || next.equals(token));
      token = next == null ? token : next;
      return answer.events().stream()
          .map(event -> new LogLine(Instant.ofEpochMilli(event.timestamp()), event.message()))
          .toList();
    } catch (ResourceNotFoundException _) {
      caughtUp = true; // the driver makes the stream when the container starts
      return List.of();
    } catch (SdkException e) {
      throw CloudException.of("read the output of " + stream, e);
    }
  }

  /** Return whether the last call reached the end of what there is. */
  public boolean caughtUp() {
    return caughtUp;
  }
}
