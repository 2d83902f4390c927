package dev.audition.aws.ecs;

import dev.audition.core.run.port.BlobStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Files in memory; addresses say what they are for. */
final class Blobs implements BlobStore {
  final Map<String, byte[]> files = new LinkedHashMap<>();

  String text(String key) {
    return get(key, Long.MAX_VALUE).map(b -> new String(b, StandardCharsets.UTF_8)).orElse("");
  }

  @Override
  public void put(String key, byte[] content) {
    files.put(key, content.clone());
  }

  @Override
  public Optional<byte[]> get(String key, long mostBytes) {
    return Optional.ofNullable(files.get(key));
  }

  @Override
  public URI presignedGet(String key, Duration validity) {
    return URI.create("https://blobs.test/" + key + "?get=" + validity);
  }

  @Override
  public URI presignedPut(String key, Duration validity) {
    return URI.create("https://blobs.test/" + key + "?put=" + validity);
  }
}
