package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.hook.HookTarget;
import dev.audition.core.hook.HookUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code notify}: whom a hook tells. */
final class NotifyReader {
  private static final List<String> TYPES = List.of("webhook", "slack", "sns", "eventbridge");

  /** A variable's name, or that of a secret, or its ARN. */
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9/_+=.@:-]{1,512}");

  private static final Pattern TOPIC =
      Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?");
  private static final Pattern BUS =
      Pattern.compile(
          "[/.\\-_A-Za-z0-9]{1,256}|arn:aws[a-z-]*:events:[a-z0-9-]+:\\d{12}:event-bus/"
              + "[/.\\-_A-Za-z0-9]{1,256}");
  private static final String URL = "an https URL";

  private final Reading reading;

  NotifyReader(Reading reading) {
    this.reading = reading;
  }

  /** Read a list of targets, or one. */
  List<HookTarget> read(HookNode notify) {
    String expected = "a list of webhook, slack, sns or eventbridge";
    List<HookTarget> targets = new ArrayList<>();
    for (HookNode item : notify.isMapping() ? List.of(notify) : notify.items(expected)) {
      if (!item.isMapping() || item.entries().isEmpty()) {
        item.refuse("a mapping such as webhook: {url: https://...}");
      }
      for (HookNode entry : item.entries()) {
        target(entry).ifPresent(targets::add);
      }
    }
    return targets;
  }

  private Optional<HookTarget> target(HookNode entry) {
    return switch (entry.key()) {
      case "webhook" -> {
        Optional<HookUrl> url = url(entry, List.of("url", "url_from", "secret"));
        yield url.map(at -> new HookTarget.Webhook(at, secret(entry)));
      }
      case "slack" -> slack(entry);
      case "sns" -> text(entry, "topic", TOPIC, "the ARN of a topic").map(HookTarget.Sns::new);
      case "eventbridge" ->
          text(entry, "bus", BUS, "the name or ARN of an event bus")
              .map(HookTarget.EventBridge::new);
      default -> {
        entry.refuseKey(TYPES);
        yield Optional.empty();
      }
    };
  }

  private Optional<HookTarget> slack(HookNode entry) {
    Optional<HookUrl> url = url(entry, List.of("url", "url_from"));
    if (url.isPresent() && !url.get().named()) {
      entry.warn(
          Category.EMULATED,
          "whoever has the URL of a channel can write there, and this one is kept with the run",
          "Write url_from: NAME with the name of the variable or secret that holds it.");
    }
    return url.map(HookTarget.Slack::new);
  }

  /** A text stands for the mapping with its first key. */
  private Optional<HookUrl> url(HookNode entry, List<String> keys) {
    if (entry.isText()) {
      return written(entry);
    }
    if (!entry.isMapping()) {
      entry.refuse(URL + ", or a mapping of " + String.join(", ", keys));
      return Optional.empty();
    }
    entry.onlyKeys(keys);
    Optional<HookNode> url = entry.find("url");
    Optional<HookNode> from = entry.find("url_from");
    if (url.isPresent() == from.isPresent()) {
      reading.invalid(
          entry.keyLocation(),
          entry.path(),
          url.isPresent() ? "has both url and url_from" : "has no url",
          url.isPresent()
              ? "Keep one of them."
              : "Write url: https://..., or url_from: NAME of a variable that holds it.");
      return Optional.empty();
    }
    return url.isPresent()
        ? written(url.get())
        : Optional.ofNullable(reference(from.orElseThrow())).map(HookUrl::named);
  }

  private static Optional<HookUrl> written(HookNode node) {
    Optional<String> text = node.text(URL);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().isBlank() || text.get().contains("${{")) {
      node.warn(
          Category.MISSING_VARIABLE,
          "has no value, so nothing is sent there",
          "Give the variable, or write url_from: NAME to look it up when it is needed.");
      return Optional.empty();
    }
    Optional<URI> uri = HookUrl.parse(text.get());
    if (uri.isEmpty()) {
      node.refuse(URL + " with a host, without user, password and #");
      return Optional.empty();
    }
    if (!"https".equalsIgnoreCase(uri.get().getScheme())) {
      node.warn(
          Category.EMULATED,
          "is sent to only on your own machine with --allow-private-hooks; elsewhere https is"
              + " wanted",
          "");
    }
    return Optional.of(HookUrl.of(text.get().strip()));
  }

  private @Nullable String secret(HookNode entry) {
    return entry.find("secret").map(this::reference).orElse(null);
  }

  /** The value may be a secret that somebody wrote down by mistake, so it is not shown. */
  private @Nullable String reference(HookNode node) {
    String name = node.written();
    if (REFERENCE.matcher(name).matches() && !name.startsWith("whsec_")) {
      return name;
    }
    reading.invalid(
        node.node().location(),
        node.path(),
        "is no name (expected: the name of a variable or secret, not its value)",
        "Write the name alone, without ${{...}}: it is looked up when the hook is sent.");
    return null;
  }

  private static Optional<String> text(HookNode entry, String key, Pattern form, String expected) {
    Optional<HookNode> node = entry.isText() ? Optional.of(entry) : entry.find(key);
    if (entry.isMapping()) {
      entry.onlyKeys(List.of(key));
    }
    if (node.isEmpty()) {
      entry.refuse("%s: %s".formatted(key, expected));
      return Optional.empty();
    }
    Optional<String> text = node.get().text(expected);
    if (text.isPresent() && text.get().contains("${{")) {
      node.get()
          .warn(
              Category.MISSING_VARIABLE,
              "has no value, so nothing is sent there",
              "Give the variable.");
      return Optional.empty();
    }
    if (text.isPresent() && !form.matcher(text.get()).matches()) {
      node.get().refuse(expected);
      return Optional.empty();
    }
    return text;
  }
}
