package dev.audition.aws.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.hooks.WebhookServer.Reply;
import dev.audition.aws.testkit.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts to real servers on this machine, which the test's network calls by public addresses. */
@Timeout(60)
final class GuardedPostTest {
  private static final String PUBLIC = "93.184.215.14";
  private static final PostLimits SHORT = new PostLimits(Duration.ofMillis(700), 64 * 1024);
  private static final byte[] BODY = "{}".getBytes(UTF_8);

  @TempDir static Path folder;
  private static TestTls tls;

  private final TestNetwork network = new TestNetwork();

  @BeforeAll
  static void makeCertificate() throws IOException, InterruptedException {
    tls = TestTls.make(folder);
  }

  private GuardedPost guarded(PostLimits limits) {
    return new GuardedPost(false, limits, network, tls.trusting());
  }

  /** One that may use plain http, so that a test can say what it likes. */
  private GuardedPost open(PostLimits limits) {
    return new GuardedPost(true, limits, network, tls.trusting());
  }

  private static PostOutcome post(GuardedPost post, String url) {
    return post.post(URI.create(url), Map.of("x-a", "b"), BODY);
  }

  @Test
  void postsOverTlsToTheAddressThatWasCheckedAndToNoOther() throws IOException {
    network.with(TestTls.HOST, PUBLIC).with(TestTls.HOST, "127.0.0.1");
    try (WebhookServer server = WebhookServer.secure(tls)) {
      String url = "https://%s:%d/a/b?c=d".formatted(TestTls.HOST, server.port());
      assertThat(post(guarded(PostLimits.DEFAULT), url))
          .isEqualTo(new PostOutcome.Answered(204, ""));
      assertThat(server.received()).hasSize(1);
      assertThat(server.received().getFirst().path()).isEqualTo("/a/b?c=d");
      assertThat(server.received().getFirst().header("host"))
          .isEqualTo(TestTls.HOST + ":" + server.port());
      assertThat(server.received().getFirst().header("x-a")).isEqualTo("b");
      assertThat(server.received().getFirst().body()).isEqualTo("{}");
    }
    assertThat(network.lookUps()).isEqualTo(1);
    assertThat(network.connected()).containsExactly(PUBLIC);
  }

  @Test
  void aNameThatIsReboundToThisMachineIsNotPostedTo() throws IOException {
    network.with(TestTls.HOST, PUBLIC).with(TestTls.HOST, "127.0.0.1");
    try (WebhookServer server = WebhookServer.secure(tls)) {
      String url = "https://%s:%d/".formatted(TestTls.HOST, server.port());
      assertThat(post(guarded(PostLimits.DEFAULT), url)).isInstanceOf(PostOutcome.Answered.class);
      assertThat(post(guarded(PostLimits.DEFAULT), url))
          .isEqualTo(
              new PostOutcome.Forbidden(
                  "hooks.example.com is at 127.0.0.1 (this machine), which is not on the public"
                      + " internet"));
      assertThat(server.received()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "169.254.170.2",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fd00:ec2::254",
        "fe80::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1"
      })
  void oneAddressThatIsNotPublicAmongOthersIsEnough(String literal) throws UnknownHostException {
    network.with("mixed.example", PUBLIC, literal);
    assertThat(post(guarded(SHORT), "https://mixed.example/"))
        .isInstanceOf(PostOutcome.Forbidden.class);
    assertThat(network.connected()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[fd00:ec2::254]/"
      })
  void addressesWrittenOutAreCheckedTheSame(String url) {
    GuardedPost system = new GuardedPost(false, SHORT, Connections.SYSTEM, tls.trusting());
    assertThat(post(system, url)).isInstanceOf(PostOutcome.Forbidden.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "0x7f.1", "0177.0.0.1", "127.1"})
  void otherSpellingsOfThisMachineLeadNowhere(String host) {
    GuardedPost system = new GuardedPost(false, SHORT, Connections.SYSTEM, tls.trusting());
    assertThat(dev.audition.core.hook.HookUrl.parse("https://" + host + "/"))
        .satisfiesAnyOf(
            uri -> assertThat(uri).isEmpty(),
            uri ->
                assertThat(post(system, uri.orElseThrow().toString()))
                    .isNotInstanceOf(PostOutcome.Answered.class));
  }

  @Test
  void plainHttpIsForThoseWhoAskForIt() throws IOException {
    network.with("a.example", "127.0.0.1");
    try (WebhookServer server = WebhookServer.plain()) {
      String url = "http://a.example:" + server.port();
      assertThat(post(guarded(SHORT), url))
          .isEqualTo(new PostOutcome.Forbidden("only https is posted to"));
      assertThat(post(open(PostLimits.DEFAULT), url)).isEqualTo(new PostOutcome.Answered(204, ""));
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void redirectsAreAnswersAndNotFollowed() throws IOException {
    network.with("a.example", "127.0.0.1");
    try (WebhookServer server = WebhookServer.plain()) {
      server.replies(new Reply(302, "", "/elsewhere"));
      assertThat(post(open(PostLimits.DEFAULT), "http://a.example:" + server.port() + "/here"))
          .isEqualTo(new PostOutcome.Answered(302, ""));
      assertThat(server.received())
          .extracting(WebhookServer.Received::path)
          .containsExactly("/here");
    }
  }

  @Test
  void aCertificateForAnotherNameIsNotAccepted() throws IOException {
    network.with("other.example", PUBLIC);
    try (WebhookServer server = WebhookServer.secure(tls)) {
      assertThat(post(guarded(PostLimits.DEFAULT), "https://other.example:" + server.port()))
          .isInstanceOf(PostOutcome.Failed.class)
          .asString()
          .contains("TLS: ");
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void aCertificateNobodyVouchesForIsNotAccepted() throws IOException {
    network.with(TestTls.HOST, PUBLIC);
    GuardedPost strict =
        new GuardedPost(
            false, PostLimits.DEFAULT, network, (SSLSocketFactory) SSLSocketFactory.getDefault());
    try (WebhookServer server = WebhookServer.secure(tls)) {
      assertThat(post(strict, "https://" + TestTls.HOST + ":" + server.port()))
          .isInstanceOf(PostOutcome.Failed.class)
          .asString()
          .contains("TLS: ");
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void whoAnswersAByteAtATimeIsLeftInTime() throws IOException {
    network.with("a.example", "127.0.0.1");
    try (RawServer server = RawServer.repeating("HTTP/1.1 200 OK\r\n", "x", 50)) {
      assertThat(post(open(SHORT), "http://a.example:" + server.port()))
          .isEqualTo(new PostOutcome.Failed("no answer within 0.7 s"));
    }
  }

  @Test
  void whoShakesHandsAByteAtATimeIsLeftInTime() throws IOException {
    network.with("a.example", PUBLIC);
    // The beginning of a TLS record of 16 KiB, whose bytes then come one by one.
    try (RawServer server = RawServer.repeating("\u0016\u0003\u0003@\u0000", "\u0002", 50)) {
      assertThat(post(guarded(SHORT), "https://a.example:" + server.port()))
          .isInstanceOf(PostOutcome.Failed.class);
    }
  }

  @Test
  void whoSaysNothingIsLeftInTime() throws IOException, InterruptedException {
    network.with("a.example", "127.0.0.1");
    CountDownLatch over = new CountDownLatch(1);
    try (RawServer server = new RawServer(_ -> over.await())) {
      assertThat(post(open(SHORT), "http://a.example:" + server.port()))
          .isEqualTo(new PostOutcome.Failed("no answer within 0.7 s"));
    } finally {
      over.countDown();
    }
  }

  @Test
  void aLookUpThatHangsIsLeftInTime() {
    CountDownLatch over = new CountDownLatch(1);
    Connections hanging =
        new Connections() {
          @Override
          public java.util.List<InetAddress> resolve(String host) throws UnknownHostException {
            try {
              over.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
          }

          @Override
          public java.net.Socket connect(InetAddress address, int port, Duration limit) {
            throw new IllegalStateException("connected (expected: never)");
          }
        };
    try {
      assertThat(post(new GuardedPost(false, SHORT, hanging, tls.trusting()), "https://a.example/"))
          .isEqualTo(new PostOutcome.Failed("no answer within 0.7 s"));
    } finally {
      over.countDown();
    }
  }

  @Test
  void headersWithoutEndAreReadToTheLimitOnly() throws IOException {
    network.with("a.example", "127.0.0.1");
    try (RawServer server =
        RawServer.repeating("HTTP/1.1 200 OK\r\n", "x: " + "y".repeat(1000) + "\r\n", 0)) {
      assertThat(post(open(PostLimits.DEFAULT), "http://a.example:" + server.port()))
          .isEqualTo(new PostOutcome.Failed("the answer is longer than 64 KiB"));
    }
  }

  @Test
  void aLineWithoutEndIsReadToTheLimitOnly() throws IOException {
    network.with("a.example", "127.0.0.1");
    try (RawServer server = RawServer.repeating("HTTP/1.1 200 ", "O".repeat(1000), 0)) {
      assertThat(post(open(PostLimits.DEFAULT), "http://a.example:" + server.port()))
          .isEqualTo(new PostOutcome.Failed("the answer is longer than 64 KiB"));
    }
  }

  @Test
  void theBodyOfASuccessIsNotWaitedFor() throws IOException {
    network.with("a.example", "127.0.0.1");
    try (RawServer server = RawServer.repeating("HTTP/1.1 200 OK\r\n\r\n", "z".repeat(10_000), 0)) {
      assertThat(post(open(PostLimits.DEFAULT), "http://a.example:" + server.port()))
          .isEqualTo(new PostOutcome.Answered(200, ""));
    }
  }

  @Test
  void interimAnswersArePassedOver() throws IOException {
    network.with("a.example", "127.0.0.1");
    try (RawServer server =
        RawServer.saying("HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 201 Made\r\n\r\n")) {
      assertThat(post(open(PostLimits.DEFAULT), "http://a.example:" + server.port()))
          .isEqualTo(new PostOutcome.Answered(201, ""));
    }
  }

  @Test
  void theFirstWordsOfARefusalAreKeptWithoutControlCharacters() throws IOException {
    network.with("a.example", "127.0.0.1");
    try (RawServer server =
        RawServer.saying("HTTP/1.1 400 No\r\n\r\ninvalid\u001b[31m_payload\nmore\n")) {
      assertThat(post(open(PostLimits.DEFAULT), "http://a.example:" + server.port()))
          .isEqualTo(new PostOutcome.Answered(400, "invalid[31m_payload"));
    }
  }

  @Test
  void whatIsNoHttpIsSaid() throws IOException {
    network.with("a.example", "127.0.0.1");
    try (RawServer server = RawServer.saying("SSH-2.0-OpenSSH_9.6\r\n")) {
      assertThat(post(open(PostLimits.DEFAULT), "http://a.example:" + server.port()))
          .isEqualTo(new PostOutcome.Failed("the answer is not that of a web server"));
    }
  }

  @Test
  void aNameThatIsNotKnownAndAPortNobodyListensAtAreSaid() throws IOException {
    assertThat(post(guarded(SHORT), "https://nowhere.example/"))
        .isEqualTo(new PostOutcome.Failed("the name nowhere.example is not known"));
    network.with("a.example", "127.0.0.1");
    // Bound, so that nobody else gets the port, but listening to nothing.
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertThat(post(open(SHORT), "http://a.example:" + bound.getLocalPort()))
          .isEqualTo(new PostOutcome.Failed("the connection was refused"));
    }
  }

  @Test
  void aHeaderCannotBeSplit() {
    assertThatThrownBy(
            () ->
                new HttpRequest(URI.create("https://a/"), Map.of("x", "a\r\nb: c"), BODY)
                    .write(java.io.OutputStream.nullOutputStream()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
