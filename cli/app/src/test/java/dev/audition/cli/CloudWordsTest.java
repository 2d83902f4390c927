package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.aws.cloudformation.StackOutputs;
import java.net.URI;
import org.junit.jupiter.api.Test;

class CloudWordsTest {
  private static String asked(AwsAccess access) {
    CloudException trouble =
        catchThrowableOfType(CloudException.class, () -> StackOutputs.of(access, "ci"));
    return CloudWords.line(trouble);
  }

  @Test
  void withoutCredentialsItSaysHowToGetThem() {
    // Of all variables a Lambda function has, a test has none.
    assertThat(System.getenv("AWS_ACCESS_KEY_ID")).as("AWS_ACCESS_KEY_ID").isNull();
    assertThat(asked(AwsAccess.fromEnvironment("eu-central-1")))
        .isEqualTo(
            "Could not read the outputs of the stack ci in eu-central-1: no AWS credentials were"
                + " found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; after"
                + " single sign-on: eval \"$(aws configure export-credentials --format env)\"");
  }

  @Test
  void whereNobodyAnswersTheNetworkIsNamed() {
    AwsAccess nowhere =
        AwsAccess.withKeys("eu-central-1", "key", "secret").at(URI.create("http://127.0.0.1:1"));
    assertThat(asked(nowhere))
        .startsWith("Could not read the outputs of the stack ci in eu-central-1: ")
        .endsWith("Look at the network, and at --region.")
        .doesNotContain("SDK Attempt");
  }

  @Test
  void whatIsNoTroubleOfAwsStaysAsItIs() {
    assertThat(CloudWords.line(new CloudException("The stack ci has no output X", false, "", null)))
        .isEqualTo("The stack ci has no output X");
  }
}
