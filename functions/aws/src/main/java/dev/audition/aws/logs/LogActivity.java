package dev.audition.aws.logs;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** Whether somebody still writes into a log group. */
public final class LogActivity {
  private LogActivity() {}

  /**
   * Return the time of the last line of a group that is not older than a moment; empty if there is
   * none so young. Keep that moment close: every line since is looked through.
   *
   * @throws CloudException if there is no such group, or it may not be read
   */
  public static Optional<Instant> last(AwsAccess access, String group, Instant since) {
    FilterLogEventsRequest request =
        FilterLogEventsRequest.builder()
            .logGroupName(group)
            .startTime(since.toEpochMilli())
            .build();
    try (CloudWatchLogsClient client = access.client(CloudWatchLogsClient.builder())) {
      return client.filterLogEventsPaginator(request).events().stream()
          .map(FilteredLogEvent::timestamp)
          .max(Comparator.naturalOrder())
          .map(Instant::ofEpochMilli);
    } catch (SdkException e) {
      throw CloudException.of("read the log group " + group, e);
    }
  }
}
