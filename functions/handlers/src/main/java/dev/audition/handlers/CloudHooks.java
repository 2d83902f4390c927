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
import dev.audition.core.task.Grants;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends notifications from an account: never to an address that is not public, and with the secrets
 * of the run's project only. Its clients are made when they are needed.
 */
final class CloudHooks {
  private static final String SOURCE = "audition";

  private final InstantSource clock;
  private final Lazy<SecretValues> secrets;
  private final Lazy<Topics> topics;
  private final Lazy<EventBus> buses;

  /**
   * Make one.
   *
   * @param access to a service, by its name in the environment
   */
  CloudHooks(Function<String, AwsAccess> access, InstantSource clock) {
    this.clock = clock;
    this.secrets = new Lazy<>(() -> new SecretValues(access.apply("SECRETS_MANAGER")));
    this.topics = new Lazy<>(() -> new Topics(access.apply("SNS")));
    this.buses = new Lazy<>(() -> new EventBus(access.apply("EVENTBRIDGE")));
  }

  /** Return a sender for the runs of a project that grants this. */
  HookSender sender(Grants grants) {
    return new TargetHooks(
        new HttpHooks(
            GuardedPost.system(false),
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
