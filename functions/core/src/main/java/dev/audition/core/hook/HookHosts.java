package dev.audition.core.hook;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts that notifications may be posted to. Where a file comes from the commit under test,
 * only hosts that somebody has listed are posted to.
 *
 * @param patterns names of hosts, in lower case; {@code *.example.com} stands for every host below
 *     that one
 */
public record HookHosts(List<String> patterns) {
  /** Nobody. */
  public static final HookHosts NONE = new HookHosts(List.of());

  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final String PATTERN = "(\\*\\.)?(" + LABEL + "\\.)*" + LABEL;

  public HookHosts {
    patterns = patterns.stream().map(pattern -> pattern.toLowerCase(Locale.ROOT)).toList();
    for (String pattern : patterns) {
      if (!isPattern(pattern)) {
        throw new IllegalArgumentException(
            "host: \"%s\" (expected: a name such as ci.example.com or *.example.com)"
                .formatted(pattern));
      }
    }
  }

  /** Return whether a text is the name of a host, or stands for those below one. */
  public static boolean isPattern(String text) {
    return text.toLowerCase(Locale.ROOT).matches(PATTERN);
  }

  /**
   * Say why a notification must not be sent; empty if it may. Addresses that are named and not
   * written are whoever's who keeps them under that name; topics and buses are the account's to
   * allow.
   */
  public Optional<String> refusal(HookTarget target) {
    return switch (target) {
      case HookTarget.Webhook(HookUrl url, var _) -> refusal(url);
      case HookTarget.Slack(HookUrl url) -> refusal(url);
      case HookTarget.Sns _, HookTarget.EventBridge _ -> Optional.empty();
    };
  }

  private Optional<String> refusal(HookUrl url) {
    return url.named()
        ? Optional.empty()
        : HookUrl.parse(url.text())
            .map(URI::getHost)
            .filter(host -> !allows(host))
            .map(host -> "the project lets its runs post nothing to " + host);
  }

  private boolean allows(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return patterns.stream()
        .anyMatch(
            pattern ->
                pattern.startsWith("*.")
                    ? name.endsWith(pattern.substring(1))
                    : name.equals(pattern));
  }
}
