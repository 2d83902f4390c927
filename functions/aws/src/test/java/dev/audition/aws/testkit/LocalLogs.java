package dev.audition.aws.testkit;

import dev.audition.aws.AwsAccess;
import dev.audition.core.task.TaskArn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/** A log group in moto's server, into which containers write as the log driver of ECS does. */
public final class LocalLogs {
  private final CloudWatchLogsClient client;
  private final String group = "/audition/" + UUID.randomUUID();
  private Instant time;

  /**
   * Make an empty group.
   *
   * @param test what is not tested if there is no server
   * @param first the time of the first line
   */
  public LocalLogs(String test, Instant first) {
    AwsAccess access = LocalCloud.access(test);
    this.client = access.client(CloudWatchLogsClient.builder());
    this.time = first;
    client.createLogGroup(request -> request.logGroupName(group));
  }

  /** Return the group's name. */
  public String group() {
    return group;
  }

  /** Write lines, a millisecond apart, into the stream of a task's container. */
  public void write(TaskArn task, String container, String... lines) {
    String arn = task.value();
    String stream = "run/" + container + "/" + arn.substring(arn.lastIndexOf('/') + 1);
    if (client
        .describeLogStreams(r -> r.logGroupName(group).logStreamNamePrefix(stream))
        .logStreams()
        .isEmpty()) {
      client.createLogStream(request -> request.logGroupName(group).logStreamName(stream));
    }
    List<InputLogEvent> events = new ArrayList<>();
    for (String line : lines) {
      events.add(InputLogEvent.builder().timestamp(time.toEpochMilli()).message(line).build());
      time = time.plusMillis(1);
    }
    client.putLogEvents(r -> r.logGroupName(group).logStreamName(stream).logEvents(events));
  }
}
