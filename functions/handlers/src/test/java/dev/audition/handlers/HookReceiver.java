package dev.audition.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.audition.aws.hooks.GuardedPost;
import dev.audition.aws.hooks.PostLimits;
import dev.audition.aws.hooks.TestNetwork;
import dev.audition.aws.hooks.TestTls;
import dev.audition.aws.hooks.WebhookServer;
import dev.audition.aws.hooks.WebhookServer.Received;
import dev.audition.aws.hooks.WebhookServer.Reply;
import dev.audition.core.testkit.Eventually;
import dev.audition.handlers.wire.Account;
import dev.audition.handlers.wire.Fields;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Somebody who is told of runs: an https server on this machine that functions reach by a name with
 * a public address, and that believes only what is signed with its secret.
 */
final class HookReceiver implements AutoCloseable {
  private static final String ADDRESS = "93.184.215.14";
  private static final String NAME = "HOOKS_SECRET";
  private static final String ARN =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:audition/hooks-AbCdEf";
  private static final String SECRET = "shared-with-the-receiver-only";
  private static final Duration OLDEST = Duration.ofMinutes(5);

  private final TestTls tls;
  private final WebhookServer server;

  HookReceiver(Path folder) throws IOException, InterruptedException {
    tls = TestTls.make(folder);
    server = WebhookServer.secure(tls);
  }

  /** Give an account the secret that messages are signed with, for the runs of its project. */
  void trustedBy(Account account) {
    account.others().secret(ARN, SECRET);
    account.grant("shop", NAME, ARN, TestTls.HOST);
  }

  /** Ask whoever comes next to come again. */
  void isBusyOnce() {
    server.replies(new Reply(503, "", null));
  }

  /** Return what posts as a function does, on a network where this server is. */
  GuardedPost post() {
    try {
      return new GuardedPost(
          false, PostLimits.DEFAULT, new TestNetwork().with(TestTls.HOST, ADDRESS), tls.trusting());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Return a target for the hooks of a file. */
  String target() {
    return "{webhook: {url: 'https://%s:%d/audition', secret: %s}}"
        .formatted(TestTls.HOST, server.port(), NAME);
  }

  /** Wait for what a run tells, of one hook; whatever else is told of the run is passed. */
  Fields told(String runId, String hook, Duration patience) {
    Eventually.within(
        patience, "%s of %s".formatted(hook, runId), () -> !all(runId, hook).isEmpty());
    return all(runId, hook).getLast();
  }

  private List<Fields> all(String runId, String hook) {
    return server.received().stream()
        .map(HookReceiver::believed)
        .filter(letter -> letter.text("runId").equals(runId) && letter.text("hook").equals(hook))
        .toList();
  }

  /** As the specification of Standard Webhooks tells receivers. */
  private static Fields believed(Received received) {
    String id = received.header("webhook-id");
    String timestamp = received.header("webhook-timestamp");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      byte[] signature =
          mac.doFinal("%s.%s.%s".formatted(id, timestamp, received.body()).getBytes(UTF_8));
      String expected = "v1," + Base64.getEncoder().encodeToString(signature);
      if (!MessageDigest.isEqual(
          expected.getBytes(UTF_8), received.header("webhook-signature").getBytes(UTF_8))) {
        throw new AssertionError("signature: wrong for " + received);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(sent, received.at()).abs().compareTo(OLDEST) > 0) {
      throw new AssertionError(
          "timestamp: %s (expected: when it came, %s)".formatted(sent, received.at()));
    }
    Fields letter = Fields.parse(received.body());
    if (!letter.text("id").equals(id)) {
      throw new AssertionError("id: %s (expected: as in %s)".formatted(id, letter));
    }
    return letter;
  }

  @Override
  public void close() {
    server.close();
  }
}
