package dev.audition.aws.hooks;

import dev.audition.aws.CloudException;
import dev.audition.core.run.port.HookSender.Answer;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.SecretSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the account's services say, in the words of hooks. */
public final class CloudAnswers {
  private CloudAnswers() {}

  /**
   * Publish or put something.
   *
   * @param call returns the id that the service gave it
   */
  public static Answer of(Supplier<String> call) {
    try {
      return new Answer.Taken("taken as " + call.get());
    } catch (CloudException e) {
      String words = e.getMessage() == null ? e.code() : e.getMessage();
      return e.retryable() ? new Answer.NotNow(words) : new Answer.Refused(words);
    }
  }

  /**
   * Look up secrets.
   *
   * @param secrets reads a secret by its name or ARN; one that may not be read counts as none
   */
  public static SecretSource secrets(Function<String, Optional<String>> secrets) {
    return name -> {
      try {
        return secrets.apply(name);
      } catch (CloudException e) {
        if (e.retryable()) {
          throw new RuntimeUnavailableException(String.valueOf(e.getMessage()), e);
        }
        return Optional.empty();
      }
    };
  }
}
