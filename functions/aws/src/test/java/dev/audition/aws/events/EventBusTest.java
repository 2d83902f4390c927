package dev.audition.aws.events;

import dev.audition.aws.testkit.LocalCloud;

final class EventBusTest extends EventBusContract {
  EventBusTest() {
    super(LocalCloud.access("putting events on EventBridge"));
  }
}
