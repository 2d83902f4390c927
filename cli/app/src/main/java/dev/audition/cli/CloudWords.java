package dev.audition.cli;

import dev.audition.aws.CloudException;
import java.util.Locale;
import java.util.Objects;

/** What an account refused or did not answer, in one line that says what to do. */
final class CloudWords {
  private static final int LONGEST = 400;

  private CloudWords() {}

  /** Say it. */
  static String line(CloudException trouble) {
    String message = Objects.toString(trouble.getMessage(), "no answer");
    // The SDK adds the service, the status and its own tries; none of it helps.
    String said =
        message
            .replaceFirst("(?s) ?\\((?:Service: |SDK Attempt Count: ).*", "")
            .replaceAll("\\s+", " ")
            .strip();
    if (message.contains("Unable to load credentials")) {
      said = said.replaceFirst(": Unable to load credentials.*", ": no AWS credentials were found");
    }
    if (said.length() > LONGEST) {
      said = said.substring(0, LONGEST) + "...";
    }
    String remedy = remedy(trouble, message);
    if (remedy.isEmpty()) {
      return said;
    }
    return (said.endsWith(".") ? said : said + ".") + " " + remedy;
  }

  private static String remedy(CloudException trouble, String message) {
    String code = trouble.code().toLowerCase(Locale.ROOT);
    if (message.contains("Unable to load credentials")) {
      return "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; after single"
          + " sign-on: eval \"$(aws configure export-credentials --format env)\"";
    }
    if (code.contains("expired")) {
      return "The credentials have expired: log in again.";
    }
    if (code.contains("unrecognizedclient")
        || code.contains("invalidclienttoken")
        || code.contains("signature")
        || code.contains("invalidaccesskey")) {
      return "AWS does not take these credentials: look at AWS_PROFILE and the AWS_ variables.";
    }
    if (denied(code, message)) {
      return "These credentials may not do that; the stack's output SubmitterPolicyArn is the"
          + " policy for those who ask for runs.";
    }
    if (code.contains("throttl") || code.contains("slowdown") || code.contains("toomanyrequests")) {
      return "AWS asks for patience: try again in a minute.";
    }
    if (message.contains("does not exist") && message.contains("Stack")) {
      return "Look at --stack and --region: `aws cloudformation list-stacks` lists what there is.";
    }
    if (trouble.code().isEmpty() && trouble.getCause() != null) {
      return "Look at the network, and at --region.";
    }
    return "";
  }

  /** Return whether whoever asked may not. */
  static boolean denied(CloudException trouble) {
    return denied(
        trouble.code().toLowerCase(Locale.ROOT), Objects.toString(trouble.getMessage(), ""));
  }

  private static boolean denied(String code, String message) {
    return code.contains("accessdenied")
        || code.contains("unauthorized")
        || code.contains("notauthorized")
        || message.contains("Status Code: 403");
  }
}
