package dev.audition.core.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HookHostsTest {
  private static final HookHosts HOSTS =
      new HookHosts(List.of("CI.example.com", "*.hooks.example.com"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ci.example.com/x",
        "https://CI.EXAMPLE.COM:8443/x?y=z",
        "https://a.hooks.example.com",
        "https://a.b.hooks.example.com"
      })
  void letThroughWhatIsListed(String url) {
    assertThat(HOSTS.refusal(new HookTarget.Webhook(HookUrl.of(url), null))).isEmpty();
    assertThat(HOSTS.refusal(new HookTarget.Slack(HookUrl.of(url)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com/x",
        "https://evilhooks.example.com",
        "https://ci.example.com.evil.org",
        "https://xci.example.com",
        "https://ci.example.com./x",
        "https://[2001:db8::1]/x",
        "https://203.0.113.7/"
      })
  void refuseEverythingElse(String url) {
    assertThat(HOSTS.refusal(new HookTarget.Webhook(HookUrl.of(url), null)))
        .hasValueSatisfying(why -> assertThat(why).startsWith("the project lets its runs post"));
    assertThat(HookHosts.NONE.refusal(new HookTarget.Slack(HookUrl.of(url)))).isPresent();
  }

  @Test
  void leaveNamesAndTheAccountsTargetsToOthers() {
    assertThat(HookHosts.NONE.refusal(new HookTarget.Slack(HookUrl.named("CHANNEL")))).isEmpty();
    assertThat(HookHosts.NONE.refusal(new HookTarget.Sns("arn:topic"))).isEmpty();
    assertThat(HookHosts.NONE.refusal(new HookTarget.EventBridge("default"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "*.", "https://ci.example.com", "a..b", "-a", "a.*.b", "a b"})
  void takeNamesOnly(String pattern) {
    assertThatThrownBy(() -> new HookHosts(List.of(pattern)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: a name such as");
  }
}
