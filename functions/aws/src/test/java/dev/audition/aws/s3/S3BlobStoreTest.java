package dev.audition.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.audition.aws.CloudException;
import dev.audition.aws.testkit.LocalBuckets;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.testkit.BlobStoreContract;
import org.junit.jupiter.api.Test;

final class S3BlobStoreTest implements BlobStoreContract {
  private static BlobStore of(String bucket) {
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
}
