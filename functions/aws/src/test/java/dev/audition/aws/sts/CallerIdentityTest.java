package dev.audition.aws.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.testkit.LocalCloud;
import org.junit.jupiter.api.Test;

final class CallerIdentityTest {
  @Test
  void itIsAnAccountAndWhoAsksInIt() {
    CallerIdentity caller = CallerIdentity.of(LocalCloud.access("whose the credentials are"));
    assertThat(caller.account()).matches("[0-9]{12}");
    assertThat(caller.arn()).contains(caller.account());
  }
}
