package dev.audition.cli;

import dev.audition.aws.hooks.GuardedPost;
import dev.audition.aws.hooks.HttpHooks;
import dev.audition.aws.hooks.TargetHooks;
import dev.audition.core.run.port.HookSender;
import dev.audition.core.run.port.SecretSource;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Sends notifications from this machine: secrets are variables of the caller's environment. */
final class LaptopHooks {
  private LaptopHooks() {}

  /**
   * Return a sender; nothing is loaded before the first message.
   *
   * @param privateTargets {@code --allow-private-hooks}
   */
  static HookSender sender(Map<String, String> environment, boolean privateTargets) {
    SecretSource secrets =
        name -> Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    return message -> made(secrets, privateTargets).send(message);
  }

  private static HookSender made(SecretSource secrets, boolean privateTargets) {
    return new TargetHooks(
        new HttpHooks(GuardedPost.system(privateTargets), secrets, InstantSource.system()),
        (_, _) -> elsewhere("topics of SNS"),
        (_, _, _) -> elsewhere("buses of EventBridge"));
  }

  private static HookSender.Answer elsewhere(String what) {
    return new HookSender.Answer.Refused(what + " are told from an account, not from here");
  }
}
