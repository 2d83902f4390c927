package dev.audition.aws.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.aws.testkit.LocalCloud;
import dev.audition.aws.testkit.LocalLogs;
import dev.audition.core.task.TaskArn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

final class LogActivityTest {
  private static final String WHAT = "whether somebody writes into a log";

  private final AwsAccess access = LocalCloud.access(WHAT);

  @Test
  void theLastLineOfAnyStreamSinceAMomentIsFound() {
    Instant first = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    LocalLogs logs = new LocalLogs(WHAT, first);
    assertThat(LogActivity.last(access, logs.group(), first)).isEmpty();
    logs.write(new TaskArn("task/ci/1"), "sweep", "one", "two");
    logs.write(new TaskArn("task/ci/2"), "sweep", "three");
    assertThat(LogActivity.last(access, logs.group(), first)).contains(first.plusMillis(2));
    assertThat(LogActivity.last(access, logs.group(), first.plusMillis(3))).isEmpty();
  }

  @Test
  void aGroupThatIsNotThereIsATrouble() {
    assertThatThrownBy(() -> LogActivity.last(access, "/none", Instant.EPOCH))
        .isInstanceOf(CloudException.class)
        .hasMessageContaining("Could not read the log group /none");
  }
}
