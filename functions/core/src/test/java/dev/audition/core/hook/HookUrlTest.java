package dev.audition.core.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HookUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example",
        "https://a.example:8443/x?y=z",
        "http://127.0.0.1:80/",
        "https://[2606:4700::1]/hook",
        " https://a.example/ "
      })
  void aMessageCanBePostedToThese(String url) {
    assertThat(HookUrl.parse(url)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.example",
        "ftp://a.example",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:pw@a.example",
        "https://a.example#there",
        "https://a.example:0/",
        "https://a.example:70000/",
        "https://a_b.example/",
        "https://a.example/ x",
        "https://a.example/\r\nHost: b"
      })
  void andToNoneOfThese(String url) {
    assertThat(HookUrl.parse(url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/hook?token=1, https://a.example/hook, https://a.example",
    "https://a.example:8443/T0/B0, https://a.example:8443/T0/B0, https://a.example:8443",
    "https://a.example, https://a.example, https://a.example",
    "nonsense, a URL that cannot be read, a URL that cannot be read"
  })
  void whatIsShownHoldsNoQueryAndForChannelsNoPath(String url, String shown, String host) {
    assertThat(HookUrl.of(url).shown()).isEqualTo(shown);
    assertThat(HookUrl.of(url).shownHost()).isEqualTo(host);
  }
}
