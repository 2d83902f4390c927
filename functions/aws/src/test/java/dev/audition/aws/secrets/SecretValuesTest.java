package dev.audition.aws.secrets;

import dev.audition.aws.testkit.LocalCloud;

final class SecretValuesTest extends SecretValuesContract {
  SecretValuesTest() {
    super(LocalCloud.access("reading secrets"));
  }
}
