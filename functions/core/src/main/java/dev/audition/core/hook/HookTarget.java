package dev.audition.core.hook;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom a notification goes to. Secrets are named, never held. */
public sealed interface HookTarget {
  /** Return the key in a file. */
  String type();

  /** Say for people where it goes, without anything secret. */
  String shown();

  /** Return the names of the secrets that sending looks up. */
  default List<String> secrets() {
    return List.of();
  }

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

    @Override
    public List<String> secrets() {
      return Stream.concat(url.names(), Stream.ofNullable(secret)).toList();
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

    @Override
    public List<String> secrets() {
      return url.names().toList();
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
