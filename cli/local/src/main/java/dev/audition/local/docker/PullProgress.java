package dev.audition.local.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import dev.audition.core.run.Progress;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Follows one pull: its layers as one line for the user, and how it ends. */
final class PullProgress implements ResultCallback<PullResponseItem> {
  /** Between two lines for one image: often enough to see it move. */
  private static final long SILENCE_NANOS = Duration.ofMillis(200).toNanos();

  private final String image;
  private final Progress.Listener listener;

  /** Completed with the registry's words if it failed, with nothing if it succeeded. */
  private final CompletableFuture<String> end = new CompletableFuture<>();

  /** Completed as soon as the registry has said anything at all. */
  private final CompletableFuture<Void> answered = new CompletableFuture<>();

  private final Map<String, long[]> layers = new HashMap<>();
  private int layersDone;
  private long lastSaid = Long.MIN_VALUE;
  private volatile @Nullable Closeable stream;

  PullProgress(String image, Progress.Listener listener) {
    this.image = image;
    this.listener = listener;
  }

  @Override
  public void onStart(Closeable opened) {
    stream = opened;
  }

  @Override
  public void onNext(PullResponseItem item) {
    if (item.getErrorDetail() != null && item.getErrorDetail().getMessage() != null) {
      end.complete(item.getErrorDetail().getMessage());
      return;
    }
    answered.complete(null);
    if (item.getId() != null && item.getStatus() != null) {
      onLayer(item.getId(), item.getStatus(), item.getProgressDetail());
    }
  }

  private void onLayer(String id, String status, @Nullable ProgressDetail detail) {
    switch (status) {
      case "Pulling fs layer", "Waiting" -> layers.putIfAbsent(id, new long[2]);
      case "Downloading" -> {
        if (detail != null && detail.getCurrent() != null && detail.getTotal() != null) {
          layers.put(id, new long[] {detail.getCurrent(), detail.getTotal()});
        }
      }
      case "Pull complete", "Already exists" -> {
        layers.putIfAbsent(id, new long[2]);
        layersDone++;
      }
      default -> {
        return;
      }
    }
    long now = System.nanoTime();
    if (lastSaid == Long.MIN_VALUE || now - lastSaid > SILENCE_NANOS) {
      lastSaid = now;
      listener.on(new Progress.ImagePull(image, words(), Progress.PullState.PULLING));
    }
  }

  /** Such as {@code 3 of 7 layers, 34.1 of 120.3 MB}. */
  private String words() {
    long current = layers.values().stream().mapToLong(layer -> layer[0]).sum();
    long total = layers.values().stream().mapToLong(layer -> layer[1]).sum();
    String counted =
        "%d of %d layers".formatted(Math.min(layersDone, layers.size()), layers.size());
    return total == 0
        ? counted
        : counted + ", %.1f of %.1f MB".formatted(current / 1e6, total / 1e6);
  }

  @Override
  public void onError(Throwable thrown) {
    end.complete(EngineWords.of(thrown));
  }

  @Override
  public void onComplete() {
    end.complete("");
  }

  /** Stop listening; the engine stops pulling when nobody else waits for the same layers. */
  @Override
  public void close() throws IOException {
    Closeable opened = stream;
    if (opened != null) {
      opened.close();
    }
  }

  /**
   * Wait for the end.
   *
   * @param firstAnswer how long the registry may be silent at the start
   * @return the registry's words if it failed, empty text if it succeeded
   */
  String await(Duration firstAnswer) throws InterruptedException {
    CompletableFuture<Object> first = CompletableFuture.anyOf(answered, end);
    try {
      first.get(firstAnswer.toMillis(), TimeUnit.MILLISECONDS);
      return end.get();
    } catch (TimeoutException e) {
      return "the registry did not answer within " + firstAnswer.toSeconds() + " s (timeout)";
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes these exceptionally", e);
    } finally {
      try {
        close();
      } catch (IOException e) {
        // It is over either way.
      }
    }
  }
}
