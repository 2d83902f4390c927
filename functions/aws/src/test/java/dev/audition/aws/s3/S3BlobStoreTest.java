package dev.audition.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.audition.aws.CloudException;
import dev.audition.aws.testkit.LocalBuckets;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.testkit.BlobStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3BlobStoreTest implements BlobStoreContract {
  private static S3BlobStore of(String bucket) {
    return new S3BlobStore(LocalBuckets.shared().access(), bucket);
  }

  @Override
  public BlobStore blobs() {
    return of(LocalBuckets.shared().bucket());
  }

  @Test
  void addressesAskNoHeadersOfTheirUser() {
    assertThat(blobs().presignedPut(KEY, WHILE).getQuery())
        .containsPattern("X-Amz-SignedHeaders=host(&|$)")
        .doesNotContainIgnoringCase("checksum");
  }

  @Test
  void aBucketThatIsNotThereIsNoEmptyBucket() {
    assertThatThrownBy(() -> of("audition-gone").get(KEY, 10))
        .asInstanceOf(type(CloudException.class))
        .satisfies(e -> assertThat(e.retryable()).isFalse())
        .satisfies(e -> assertThat(e).hasMessageContaining(KEY));
  }

  @Test
  void aFileOfThisMachineIsKeptWithoutReadingItWhole(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("workspace.tar.gz"), "packed");
    S3BlobStore blobs = of(LocalBuckets.shared().bucket());
    blobs.put(KEY, file);
    assertThat(blobs.get(KEY, 10))
        .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("packed"));
  }

  @Test
  void aBucketThatMayBeUsedPassesItsCheck() {
    of(LocalBuckets.shared().bucket()).check();
    assertThatThrownBy(() -> of("audition-gone").check())
        .isInstanceOf(CloudException.class)
        .hasMessageContaining("look at the bucket audition-gone");
  }
}
