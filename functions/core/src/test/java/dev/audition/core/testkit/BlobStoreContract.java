package dev.audition.core.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.run.port.BlobStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every {@link BlobStore} promises. */
public interface BlobStoreContract {
  /** A key as ours are. */
  String KEY = "env/run-1/1/1/1/api.env";

  /** A while. */
  Duration WHILE = Duration.ofMinutes(5);

  /** Return a store without files. */
  BlobStore blobs();

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static HttpResponse<String> ask(HttpRequest.Builder request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static HttpResponse<String> get(URI address) {
    return ask(HttpRequest.newBuilder(address));
  }

  private static HttpResponse<String> put(URI address, String content) {
    return ask(HttpRequest.newBuilder(address).PUT(BodyPublishers.ofString(content, UTF_8)));
  }

  @Test
  default void whatIsPutIsGot() {
    BlobStore blobs = blobs();
    blobs.put(KEY, bytes("MODE=städte\n"));
    assertThat(blobs.get(KEY, 1000)).hasValue(bytes("MODE=städte\n"));
  }

  @Test
  default void aFileThatNobodyPutIsNotThere() {
    assertThat(blobs().get(KEY, 1000)).isEmpty();
  }

  @Test
  default void anEmptyFileIsThere() {
    BlobStore blobs = blobs();
    blobs.put(KEY, new byte[0]);
    assertThat(blobs.get(KEY, 0)).hasValue(new byte[0]);
  }

  @Test
  default void aFileOfTheSameKeyIsReplaced() {
    BlobStore blobs = blobs();
    blobs.put(KEY, bytes("first"));
    blobs.put(KEY, bytes("second"));
    assertThat(blobs.get(KEY, 1000)).hasValue(bytes("second"));
  }

  @Test
  default void keysAreWholeNamesWhateverIsInThem() {
    BlobStore blobs = blobs();
    blobs.put("runs/a b/ä+ö%20&=?.env", bytes("odd"));
    blobs.put("runs/a b", bytes("beside"));
    assertThat(blobs.get("runs/a b/ä+ö%20&=?.env", 1000)).hasValue(bytes("odd"));
    assertThat(blobs.get("runs/a b", 1000)).hasValue(bytes("beside"));
    assertThat(get(blobs.presignedGet("runs/a b/ä+ö%20&=?.env", WHILE)).body()).isEqualTo("odd");
  }

  @Test
  default void aFileOfJustTheLimitIsTakenAndALargerOneIsRefusedWithBothSizes() {
    BlobStore blobs = blobs();
    blobs.put(KEY, new byte[2000]);
    assertThat(blobs.get(KEY, 2000)).isPresent();
    assertThatThrownBy(() -> blobs.get(KEY, 1999))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2,000")
        .hasMessageContaining("1,999");
  }

  @Test
  default void anyHttpClientReadsByThePresignedAddress() {
    BlobStore blobs = blobs();
    blobs.put(KEY, bytes("MODE=test\n"));
    HttpResponse<String> answer = get(blobs.presignedGet(KEY, WHILE));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("MODE=test\n");
  }

  @Test
  default void anyHttpClientWritesByThePresignedAddress() {
    BlobStore blobs = blobs();
    URI address = blobs.presignedPut(KEY, WHILE);
    assertThat(put(address, "uploaded").statusCode()).isEqualTo(200);
    assertThat(blobs.get(KEY, 1000)).hasValue(bytes("uploaded"));
  }

  @Test
  default void anAddressIsForOneFileAndOneWay() {
    BlobStore blobs = blobs();
    blobs.put(KEY, bytes("kept"));
    URI address = blobs.presignedGet(KEY, WHILE);
    assertThat(put(address, "overwritten").statusCode()).isBetween(400, 499);
    URI other = URI.create(address.toString().replace("api.env", "db.env"));
    assertThat(get(other).statusCode()).isBetween(400, 499);
    assertThat(blobs.get(KEY, 1000)).hasValue(bytes("kept"));
  }

  @Test
  default void theAddressOfAFileThatIsNotThereReadsNothing() {
    assertThat(get(blobs().presignedGet(KEY, WHILE)).statusCode()).isEqualTo(404);
  }
}
