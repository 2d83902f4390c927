package dev.audition.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.AwsAccess;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What {@link SecretValues} is to a service that speaks Secrets Manager. */
public abstract class SecretValuesContract {
  private final SecretsManagerClient account;
  private final SecretValues secrets;

  /** Ask where this access leads to. */
  protected SecretValuesContract(AwsAccess access) {
    this.account = access.client(SecretsManagerClient.builder());
    this.secrets = new SecretValues(access);
  }

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
