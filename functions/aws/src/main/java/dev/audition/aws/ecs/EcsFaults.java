package dev.audition.aws.ecs;

import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer.Refused;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.verdict.Blame;
import dev.audition.core.verdict.ReasonClassifier;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.Failure;

/** Says what it means that ECS did not do what it was asked. */
final class EcsFaults {
  /** Reasons in {@code failures} that no second try changes; all others speak of capacity. */
  private static final Set<String> LASTING = Set.of("MISSING", "INACTIVE", "ATTRIBUTE", "LOCATION");

  /** Words of a refused request that are about room, not about the request. */
  private static final List<String> ROOM =
      List.of("capacity", "limit on the number", "limit exceeded", "vcpu", "resource:eni");

  /** Words of a refused definition that are about the deployment, not about the composition. */
  private static final Pattern DEPLOYMENT =
      Pattern.compile("role|not authorized|\\btag|service linked|log driver");

  /** What ECS says to one of two that register revisions of one family at the same time. */
  private static final String CROWDED = "too many concurrent attempts";

  private EcsFaults() {}

  /** Return whether nobody knows whether the request was done, or it just was not its turn. */
  static boolean passing(SdkException fault) {
    if (!(fault instanceof AwsServiceException answer)) {
      return true;
    }
    return answer.statusCode() >= 500
        || answer.isThrottlingException()
        || answer.isRetryableException()
        || code(answer).equals("ServerException");
  }

  /** Return whether it is a rate that was exceeded. */
  static boolean throttled(SdkException fault) {
    return fault instanceof AwsServiceException answer
        && (answer.isThrottlingException() || code(answer).equals("ThrottlingException"));
  }

  /** Return whether somebody else registers a revision of the same family just now. */
  static boolean crowded(SdkException fault) {
    return words(fault).toLowerCase(Locale.ROOT).contains(CROWDED);
  }

  /** Say that nobody knows. */
  static RuntimeUnavailableException unavailable(String tried, Exception cause) {
    return new RuntimeUnavailableException(
        "could not %s: %s".formatted(tried, words(cause)), cause);
  }

  /** Say why RunTask was refused. */
  static Refused launch(AwsServiceException answer) {
    String words = words(answer);
    boolean room =
        code(answer).equals("LimitExceededException")
            || ROOM.stream().anyMatch(words.toLowerCase(Locale.ROOT)::contains);
    return new Refused(
        room ? RefusalKind.CAPACITY : RefusalKind.OUTSIDE, "ECS refused the launch: " + words);
  }

  /** Say why RegisterTaskDefinition was refused. */
  static Refused registration(AwsServiceException answer) {
    String words = words(answer);
    boolean asked =
        Set.of("ClientException", "InvalidParameterException").contains(code(answer))
            && !DEPLOYMENT.matcher(words.toLowerCase(Locale.ROOT)).find();
    return new Refused(
        asked ? RefusalKind.COMPOSITION : RefusalKind.OUTSIDE,
        "ECS refused the task definition: " + words);
  }

  /** Say why RunTask started nothing. */
  static Refused failures(List<Failure> failures) {
    String words =
        failures.stream()
            .map(
                failure ->
                    Stream.of(failure.reason(), failure.detail())
                        .filter(text -> text != null && !text.isEmpty())
                        .collect(Collectors.joining(": ")))
            .distinct()
            .collect(Collectors.joining("; "));
    boolean lasting =
        !failures.isEmpty()
            && failures.stream().allMatch(f -> f.reason() != null && LASTING.contains(f.reason()))
            && ReasonClassifier.classify(words).blame() != Blame.PASSING;
    return new Refused(
        lasting ? RefusalKind.OUTSIDE : RefusalKind.CAPACITY,
        words.isEmpty() ? "ECS started nothing and did not say why" : words);
  }

  /** Return whether a definition that was found is no longer there to be run. */
  static boolean definitionGone(AwsServiceException answer) {
    String words = words(answer).toLowerCase(Locale.ROOT);
    return words.contains("taskdefinition is inactive")
        || words.contains("task definition is inactive")
        || words.contains("unable to describe task definition")
        || words.contains("taskdefinition not found")
        || words.contains("task definition does not exist");
  }

  static String code(AwsServiceException answer) {
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  /** The service's own words, without the SDK's request ids. */
  static String words(Exception fault) {
    String message =
        fault instanceof AwsServiceException answer && answer.awsErrorDetails() != null
            ? answer.awsErrorDetails().errorMessage()
            : fault.getMessage();
    return message == null || message.isEmpty() ? fault.getClass().getSimpleName() : message;
  }
}
