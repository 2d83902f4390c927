package dev.audition.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.audition.aws.s3.S3BlobStore;
import dev.audition.aws.testkit.LocalAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AwsAccessTest {
  private static final String END_OF_HEADERS = "\r\n\r\n";

  /**
   * Otherwise one such moment of a service would end a run as a fault. A put asks for leave before
   * it sends its body, which the client over the JDK's connections fails at in a way of its own.
   */
  @Test
  void aServiceThatHangsUpInsteadOfTakingAFileIsAskedAgain() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUp(server, calls));
      AwsAccess access =
          AwsAccess.withKeys(
                  LocalAccess.REGION, LocalAccess.ACCESS_KEY_ID, LocalAccess.SECRET_ACCESS_KEY)
              .at(URI.create("http://127.0.0.1:" + server.getLocalPort()));
      S3BlobStore files = new S3BlobStore(access, "bucket");
      assertThatThrownBy(() -> files.put("key", "text".getBytes(StandardCharsets.UTF_8)))
          .asInstanceOf(type(CloudException.class))
          .satisfies(e -> assertThat(e.retryable()).isTrue());
      assertThat(calls.get()).isGreaterThanOrEqualTo(3);
    }
  }

  private static void hangUp(ServerSocket server, AtomicInteger calls) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        StringBuilder request = new StringBuilder();
        while (request.indexOf(END_OF_HEADERS) < 0) {
          request.append((char) connection.getInputStream().read());
        }
        calls.incrementAndGet();
      } catch (IOException e) {
        return; // the test is over
      }
    }
  }
}
