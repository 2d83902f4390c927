package dev.audition.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A service of the account did not do what it was asked, after the SDK's own tries. Whoever handles
 * a message lets it come back if {@link #retryable}, and parks it if not.
 */
public final class CloudException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;

  private final boolean retryable;
  private final String code;

  /**
   * Make one with words for the user.
   *
   * @param code as the service names the trouble, such as {@code ThrottlingException}; empty if it
   *     did not answer
   */
  public CloudException(String message, boolean retryable, String code, @Nullable Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
    this.code = code;
  }

  /**
   * Make one of what the SDK threw.
   *
   * @param tried in words that follow "Could not": {@code store the run 7d2c}
   */
  public static CloudException of(String tried, SdkException cause) {
    return switch (cause) {
      case AwsServiceException answer -> {
        boolean again =
            answer.retryable()
                || answer.isThrottlingException()
                || answer.statusCode() == TOO_MANY
                || answer.statusCode() >= SERVER;
        String code = answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
        yield new CloudException(
            "Could not %s: %s".formatted(tried, answer.getMessage()),
            again,
            code == null ? "" : code,
            cause);
      }
      // No answer at all: a connection, a time-out, credentials that could not be fetched.
      case SdkClientException _ ->
          new CloudException(
              "Could not %s: %s".formatted(tried, cause.getMessage()), true, "", cause);
      default ->
          new CloudException(
              "Could not %s: %s".formatted(tried, cause.getMessage()),
              cause.retryable(),
              "",
              cause);
    };
  }

  /** Return whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** Return the service's own name for the trouble; empty if it did not answer. */
  public String code() {
    return code;
  }
}
