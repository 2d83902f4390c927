package dev.audition.aws.hooks;

import dev.audition.core.hook.HookTarget;
import dev.audition.core.run.HookMessage;
import dev.audition.core.run.port.HookSender;

/** Sends each message the way its target wants it. */
public final class TargetHooks implements HookSender {
  /** Publishes to topics. */
  @FunctionalInterface
  public interface Topics {
    /** Publish one message. */
    Answer publish(String topicArn, HookMessage message);
  }

  /** Puts events on buses. */
  @FunctionalInterface
  public interface Buses {
    /**
     * Put one event.
     *
     * @param detailType {@code Audition Run Ended} or {@code Audition Step Ended}
     */
    Answer put(String bus, String detailType, HookMessage message);
  }

  private final HttpHooks http;
  private final Topics topics;
  private final Buses buses;

  /** Make one. */
  public TargetHooks(HttpHooks http, Topics topics, Buses buses) {
    this.http = http;
    this.topics = topics;
    this.buses = buses;
  }

  @Override
  public Answer send(HookMessage message) {
    return switch (message.target()) {
      case HookTarget.Webhook webhook -> http.webhook(message, webhook);
      case HookTarget.Slack slack -> http.slack(message, slack);
      case HookTarget.Sns(String topicArn) -> topics.publish(topicArn, message);
      case HookTarget.EventBridge(String bus) ->
          buses.put(bus, message.ofStep() ? "Audition Step Ended" : "Audition Run Ended", message);
    };
  }
}
