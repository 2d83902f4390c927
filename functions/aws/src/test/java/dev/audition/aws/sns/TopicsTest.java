package dev.audition.aws.sns;

import dev.audition.aws.testkit.LocalCloud;

final class TopicsTest extends TopicsContract {
  TopicsTest() {
    super(LocalCloud.access("publishing to SNS"));
  }
}
