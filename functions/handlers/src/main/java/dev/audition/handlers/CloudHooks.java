package dev.audition.handlers;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.events.EventBus;
import dev.audition.aws.hooks.CloudAnswers;
import dev.audition.aws.hooks.GuardedPost;
import dev.audition.aws.hooks.HttpHooks;
import dev.audition.aws.hooks.TargetHooks;
import dev.audition.aws.secrets.SecretValues;
import dev.audition.aws.sns.Topics;
import dev.audition.core.run.port.HookSender;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends notifications from an account.
 *
 * @param access to a service, by its name in the environment
 * @param post to addresses that a stranger may have written
 */
record CloudHooks(Function<String, AwsAccess> access, Supplier<GuardedPost> post) {
  private static final String SOURCE = "audition";

  /** Make a sender whose clients are made when they are needed. */
  HookSender sender(InstantSource clock) {
    Lazy<SecretValues> secrets =
        new Lazy<>(() -> new SecretValues(access.apply("SECRETS_MANAGER")));
    Lazy<Topics> topics = new Lazy<>(() -> new Topics(access.apply("SNS")));
    Lazy<EventBus> buses = new Lazy<>(() -> new EventBus(access.apply("EVENTBRIDGE")));
    return new TargetHooks(
        new HttpHooks(post.get(), CloudAnswers.secrets(name -> secrets.get().read(name)), clock),
        (topic, message) ->
            CloudAnswers.of(
                () -> topics.get().publish(topic, message.subject(), message.text(), Map.of())),
        (bus, detailType, message) ->
            CloudAnswers.of(() -> buses.get().put(bus, SOURCE, detailType, message.body())));
  }
}
