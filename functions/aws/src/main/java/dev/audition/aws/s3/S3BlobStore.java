package dev.audition.aws.s3;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.aws.Lazy;
import dev.audition.core.run.port.BlobStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Files of runs in one private bucket, encrypted as the bucket says.
 *
 * <p>Whoever asks must be allowed to list the bucket: without that S3 answers for a file that is
 * not there as for one that may not be read.
 *
 * <p>Addresses carry no checksum, so that any HTTP client can use them: what a checksum would guard
 * is guarded by TLS.
 */
public final class S3BlobStore implements BlobStore {
  private final Lazy<S3Client> client;
  private final Lazy<S3Presigner> presigner;
  private final String bucket;

  /** Make a store of a bucket. */
  public S3BlobStore(AwsAccess access, String bucket) {
    this.client =
        new Lazy<>(
            () ->
                access.client(
                    S3Client.builder()
                        .forcePathStyle(access.elsewhere())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)));
    this.presigner =
        new Lazy<>(() -> access.presigner(S3Presigner.builder().s3Client(client.get())).build());
    this.bucket = bucket;
  }

  /**
   * Ask whether the bucket is there and may be used.
   *
   * @throws CloudException if not
   */
  public void check() {
    try {
      client.get().headBucket(request -> request.bucket(bucket));
    } catch (SdkException e) {
      throw CloudException.of("look at the bucket " + bucket, e);
    }
  }

  @Override
  public void put(String key, byte[] content) {
    try {
      client
          .get()
          .putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    } catch (SdkException e) {
      throw CloudException.of("keep " + key, e);
    }
  }

  /** Keep a file of this machine, of up to 5 GiB, without holding it in memory. */
  public void put(String key, Path file) {
    try {
      client
          .get()
          .putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
    } catch (SdkException e) {
      throw CloudException.of("keep " + key, e);
    }
  }

  @Override
  public Optional<byte[]> get(String key, long mostBytes) {
    try (ResponseInputStream<GetObjectResponse> content =
        client.get().getObject(request -> request.bucket(bucket).key(key))) {
      long size = content.response().contentLength();
      if (size > mostBytes) {
        content.abort();
        throw new IllegalArgumentException(
            "%s: %,d bytes (expected: at most %,d)".formatted(key, size, mostBytes));
      }
      return Optional.of(content.readAllBytes());
    } catch (NoSuchKeyException _) {
      return Optional.empty();
    } catch (SdkException e) {
      throw CloudException.of("read " + key, e);
    } catch (IOException e) {
      throw new CloudException("Could not read %s: %s".formatted(key, e.getMessage()), true, "", e);
    }
  }

  @Override
  public URI presignedGet(String key, Duration validity) {
    return uri(
        presigner
            .get()
            .presignGetObject(
                request ->
                    request
                        .signatureDuration(validity)
                        .getObjectRequest(object -> object.bucket(bucket).key(key)))
            .url()
            .toString());
  }

  @Override
  public URI presignedPut(String key, Duration validity) {
    return uri(
        presigner
            .get()
            .presignPutObject(
                request ->
                    request
                        .signatureDuration(validity)
                        .putObjectRequest(object -> object.bucket(bucket).key(key)))
            .url()
            .toString());
  }

  private static URI uri(String url) {
    return URI.create(url);
  }
}
