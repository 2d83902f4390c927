package dev.audition.aws.logs;

import dev.audition.aws.testkit.LocalCloud;

final class LogsTest extends LogsContract {
  LogsTest() {
    super(LocalCloud.access("reading CloudWatch Logs"));
  }
}
