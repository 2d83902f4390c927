package dev.audition.aws.logs;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.core.run.port.LogSource;
import dev.audition.core.task.TaskArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * The output of containers in CloudWatch Logs: a stream {@code <prefix>/<container>/<task id>}
 * each.
 */
public final class CloudWatchLogSource implements LogSource {
  /** The most lines of one answer. */
  private static final int PAGE = 10_000;

  /** Empty pages may come before older lines; so many in a row are the end. */
  private static final int MOST_EMPTY = 5;

  /** Says which task an attempt is. */
  @FunctionalInterface
  public interface Tasks {
    /** Find the task by its {@code startedBy}; empty if it was never launched or is forgotten. */
    Optional<TaskArn> find(String startedBy);
  }

  private final CloudWatchLogsClient logs;
  private final String group;
  private final String streamPrefix;
  private final Tasks tasks;

  /** Make one for a log group. */
  public CloudWatchLogSource(AwsAccess access, String group, String streamPrefix, Tasks tasks) {
    this.logs = access.client(CloudWatchLogsClient.builder());
    this.group = group;
    this.streamPrefix = streamPrefix;
    this.tasks = tasks;
  }

  /**
   * {@inheritDoc}
   *
   * @throws CloudException if the service did not answer
   */
  @Override
  public List<String> tail(String startedBy, String containerName, int lines) {
    return tasks
        .find(startedBy)
        .map(task -> tail(stream(task, containerName), lines))
        .orElse(List.of());
  }

  /** Follow the output of a container from its beginning; empty if its task is not known. */
  public Optional<LogFollower> follow(String startedBy, String containerName) {
    return tasks
        .find(startedBy)
        .map(task -> new LogFollower(logs, group, stream(task, containerName)));
  }

  private String stream(TaskArn task, String containerName) {
    String id = task.value().substring(task.value().lastIndexOf('/') + 1);
    return streamPrefix + "/" + containerName + "/" + id;
  }

  /** Read backwards, page by page, until there are enough or no more. */
  private List<String> tail(String stream, int lines) {
    List<String> found = new ArrayList<>();
    String token = null;
    int empty = 0;
    try {
      while (found.size() < lines && empty < MOST_EMPTY) {
        GetLogEventsResponse answer = logs.getLogEvents(page(stream, lines - found.size(), token));
        found.addAll(0, answer.events().stream().map(OutputLogEvent::message).toList());
        String back = answer.nextBackwardToken();
        if (back == null || back.equals(token)) {
          break;
        }
        empty = answer.events().isEmpty() ? empty + 1 : 0;
        token = back;
      }
      return List.copyOf(found);
    } catch (ResourceNotFoundException _) {
      return List.of(); // it never wrote a line
    } catch (SdkException e) {
      throw CloudException.of("read the output of " + stream, e);
    }
  }

  private GetLogEventsRequest page(String stream, int lines, @Nullable String token) {
    return GetLogEventsRequest.builder()
        .logGroupName(group)
        .logStreamName(stream)
        .limit(Math.min(lines, PAGE))
        .startFromHead(false)
        .nextToken(token)
        .build();
  }
}
