package dev.audition.handlers;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.Lazy;
import dev.audition.aws.events.EventBus;
import dev.audition.aws.hooks.CloudAnswers;
import dev.audition.aws.hooks.GuardedPost;
import dev.audition.aws.hooks.HttpHooks;
import dev.audition.aws.hooks.TargetHooks;
import dev.audition.aws.secrets.SecretValues;
import dev.audition.aws.sns.Topics;
import dev.audition.core.run.port.HookSender;
import dev.audition.core.task.Grants;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends notifications from an account, with the secrets of the run's project only. Its clients are
 * made when they are needed.
 */
final class CloudHooks {
  private static final String SOURCE = "audition";

  private final Lazy<GuardedPost> post;
  private final InstantSource clock;
  private final Lazy<SecretValues> secrets;
  private final Lazy<Topics> topics;
  private final Lazy<EventBus> buses;

  /**
   * Make one.
   *
   * @param access to a service, by its name in the environment
   * @param post to addresses that a stranger may have written
   */
  CloudHooks(Function<String, AwsAccess> access, Supplier<GuardedPost> post, InstantSource clock) {
    this.post = new Lazy<>(post);
    this.clock = clock;
    this.secrets = new Lazy<>(() -> new SecretValues(access.apply("SECRETS_MANAGER")));
    this.topics = new Lazy<>(() -> new Topics(access.apply("SNS")));
    this.buses = new Lazy<>(() -> new EventBus(access.apply("EVENTBRIDGE")));
  }

  /** Return a sender for the runs of a project that grants this. */
  HookSender sender(Grants grants) {
    return new TargetHooks(
        new HttpHooks(
            post.get(),
            CloudAnswers.secrets(
                name ->
                    Optional.ofNullable(grants.secrets().get(name))
                        .flatMap(arn -> secrets.get().read(arn))),
            clock),
        (topic, message) ->
            CloudAnswers.of(
                () -> topics.get().publish(topic, message.subject(), message.text(), Map.of())),
        (bus, detailType, message) ->
            CloudAnswers.of(() -> buses.get().put(bus, SOURCE, detailType, message.body())));
  }
}
