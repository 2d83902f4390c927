package dev.audition.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.testkit.LocalCloud;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

final class SecretValuesTest {
  private final AwsAccess access = LocalCloud.access("reading secrets");
  private final SecretsManagerClient account = access.client(SecretsManagerClient.builder());
  private final SecretValues secrets = new SecretValues(access);

  @Test
  void aSecretIsReadByItsNameAndByItsArn() {
    String arn = account.createSecret(r -> r.name("team/token").secretString("s3cr€t")).arn();
    assertThat(secrets.read("team/token")).contains("s3cr€t");
    assertThat(secrets.read(arn)).contains("s3cr€t");
  }

  @Test
  void theCurrentValueIsRead() {
    account.createSecret(r -> r.name("team/rotated").secretString("old"));
    account.putSecretValue(r -> r.secretId("team/rotated").secretString("new"));
    assertThat(secrets.read("team/rotated")).contains("new");
  }

  @Test
  void aSecretThatIsNotThereOrHoldsNoTextHasNoValue() {
    assertThat(secrets.read("team/none")).isEmpty();
    account.createSecret(
        r -> r.name("team/binary").secretBinary(SdkBytes.fromByteArray(new byte[] {1, 2})));
    assertThat(secrets.read("team/binary")).isEmpty();
  }
}
