package dev.audition.aws.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.audition.core.hook.HookTarget;
import dev.audition.core.hook.HookUrl;
import dev.audition.core.hook.WebhookSignature;
import dev.audition.core.run.HookMessage;
import dev.audition.core.run.port.HookSender.Answer;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.SecretSource;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Posts messages to webhooks and to channels. */
public final class HttpHooks {
  private static final int SUCCESS = 200;
  private static final int REDIRECT = 300;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  /** Request time-out, too early, too many requests: the receiver asks for patience. */
  private static final Set<Integer> PATIENCE = Set.of(408, 425, 429);

  private final GuardedPost post;
  private final SecretSource secrets;
  private final InstantSource clock;

  /** Make one. */
  public HttpHooks(GuardedPost post, SecretSource secrets, InstantSource clock) {
    this.post = post;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Post JSON to a webhook, signed if it has a secret. */
  public Answer webhook(HookMessage message, HookTarget.Webhook target) {
    byte[] body = message.body().getBytes(UTF_8);
    Instant now = clock.instant();
    SequencedMap<String, String> headers = headers();
    headers.put(WebhookSignature.ID_HEADER, message.key().id());
    headers.put(WebhookSignature.TIMESTAMP_HEADER, Long.toString(now.getEpochSecond()));
    try {
      String secret = target.secret() == null ? null : find(target.secret());
      if (secret != null) {
        headers.put(
            WebhookSignature.SIGNATURE_HEADER,
            WebhookSignature.of(secret, message.key().id(), now, body));
      }
      return post(target.url(), headers, body);
    } catch (UnknownSecretException e) {
      return new Answer.Refused(e.words());
    } catch (IllegalArgumentException e) {
      return new Answer.Refused(target.secret() + " cannot sign: " + e.getMessage());
    } catch (RuntimeUnavailableException e) {
      return new Answer.NotNow("secrets could not be looked up: " + e.getMessage());
    }
  }

  /** Post {@code {"text": ...}} to a channel. */
  public Answer slack(HookMessage message, HookTarget.Slack target) {
    String escaped = message.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    byte[] body = JsonWriter.write(Tree.mapping().putText("text", escaped).build()).getBytes(UTF_8);
    try {
      return post(target.url(), headers(), body);
    } catch (UnknownSecretException e) {
      return new Answer.Refused(e.words());
    } catch (RuntimeUnavailableException e) {
      return new Answer.NotNow("secrets could not be looked up: " + e.getMessage());
    }
  }

  private static SequencedMap<String, String> headers() {
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    return headers;
  }

  private String find(String name) {
    return secrets.find(name).orElseThrow(() -> new UnknownSecretException(name));
  }

  private Answer post(HookUrl url, SequencedMap<String, String> headers, byte[] body) {
    Optional<URI> uri = HookUrl.parse(url.named() ? find(url.text()) : url.text());
    if (uri.isEmpty()) {
      return new Answer.Refused(
          (url.named() ? "what " + url.text() + " holds" : "the address")
              + " is no URL to post to");
    }
    return switch (post.post(uri.get(), headers, body)) {
      case PostOutcome.Answered(int status, String words) -> answer(status, words);
      case PostOutcome.Forbidden(String reason) -> new Answer.Refused(reason);
      case PostOutcome.Failed(String reason) -> new Answer.NotNow(reason);
    };
  }

  private static Answer answer(int status, String words) {
    String said = "answered " + status + (words.isEmpty() ? "" : ": " + words);
    if (status >= SUCCESS && status < REDIRECT) {
      return new Answer.Taken(said);
    }
    if (status >= REDIRECT && status < CLIENT_ERROR) {
      return new Answer.Refused("answered " + status + ", and redirects are not followed");
    }
    return status >= SERVER_ERROR || PATIENCE.contains(status)
        ? new Answer.NotNow(said)
        : new Answer.Refused(said);
  }

  /** A name without a value; says the name and nothing else. */
  private static final class UnknownSecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String name;

    UnknownSecretException(String name) {
      super(name, null, false, false);
      this.name = name;
    }

    String words() {
      return "there is no variable or secret " + name + " here";
    }
  }
}
