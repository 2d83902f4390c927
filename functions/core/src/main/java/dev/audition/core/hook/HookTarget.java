package dev.audition.core.hook;

import org.jspecify.annotations.Nullable;

/** Whom a notification goes to. Secrets are named, never held. */
public sealed interface HookTarget {
  /** Return the key in a file. */
  String type();

  /** Say for people where it goes, without anything secret. */
  String shown();

  /**
   * A program that takes JSON by HTTP POST.
   *
   * @param secret the name of what signs the message; null for none
   */
  record Webhook(HookUrl url, @Nullable String secret) implements HookTarget {
    @Override
    public String type() {
      return "webhook";
    }

    @Override
    public String shown() {
      return url.shown() + (secret == null ? "" : ", signed with " + secret);
    }
  }

  /** A channel that takes {@code {"text": ...}}, as Slack, Mattermost and others do. */
  record Slack(HookUrl url) implements HookTarget {
    @Override
    public String type() {
      return "slack";
    }

    @Override
    public String shown() {
      return url.shownHost();
    }
  }

  /** A topic of SNS. */
  record Sns(String topicArn) implements HookTarget {
    @Override
    public String type() {
      return "sns";
    }

    @Override
    public String shown() {
      return topicArn;
    }
  }

  /**
   * A bus of EventBridge.
   *
   * @param bus its name or ARN
   */
  record EventBridge(String bus) implements HookTarget {
    @Override
    public String type() {
      return "eventbridge";
    }

    @Override
    public String shown() {
      return bus;
    }
  }
}
