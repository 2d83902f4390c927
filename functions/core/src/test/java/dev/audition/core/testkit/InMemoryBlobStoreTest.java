package dev.audition.core.testkit;

import dev.audition.core.run.port.BlobStore;

final class InMemoryBlobStoreTest implements BlobStoreContract {
  @Override
  public BlobStore blobs() {
    return new InMemoryBlobStore();
  }
}
