package dev.audition.local.docker;

import dev.audition.local.docker.PullOutcome.PullFailure;
import java.util.List;
import java.util.Locale;

/**
 * Tells from a registry's words whose trouble a failed pull is.
 *
 * <p>A registry answers <i>denied</i> or <i>unauthorized</i> also for what does not exist, so both
 * count as an image that is not there. The first row that fits decides; what fits none is the
 * registry's trouble, because nothing then proves that the image is missing.
 */
final class PullFailures {
  private record Row(String words, PullFailure cause) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("toomanyrequests", PullFailure.REGISTRY),
          new Row("too many requests", PullFailure.REGISTRY),
          new Row("rate limit", PullFailure.REGISTRY),
          new Row("no space left on device", PullFailure.ENGINE),
          // A name that was not resolved: a registry that cannot be reached.
          new Row("no such host", PullFailure.REGISTRY),
          new Row("timeout", PullFailure.REGISTRY),
          new Row("timed out", PullFailure.REGISTRY),
          new Row("connection refused", PullFailure.REGISTRY),
          new Row("manifest unknown", PullFailure.NO_SUCH_IMAGE),
          new Row("name unknown", PullFailure.NO_SUCH_IMAGE),
          new Row("name_unknown", PullFailure.NO_SUCH_IMAGE),
          new Row("repository does not exist", PullFailure.NO_SUCH_IMAGE),
          new Row("not found", PullFailure.NO_SUCH_IMAGE),
          new Row("denied", PullFailure.NO_SUCH_IMAGE),
          new Row("unauthorized", PullFailure.NO_SUCH_IMAGE),
          new Row("no basic auth credentials", PullFailure.NO_SUCH_IMAGE),
          new Row("authentication required", PullFailure.NO_SUCH_IMAGE),
          new Row("incorrect username or password", PullFailure.NO_SUCH_IMAGE),
          new Row("no matching manifest", PullFailure.NO_SUCH_IMAGE),
          new Row("invalid reference format", PullFailure.NO_SUCH_IMAGE),
          new Row("invalid tag", PullFailure.NO_SUCH_IMAGE),
          new Row("must be lowercase", PullFailure.NO_SUCH_IMAGE));

  private PullFailures() {}

  /**
   * Judge the words of a failed pull.
   *
   * @param image the reference that was asked for; its own name in the words says nothing
   */
  static PullFailure of(String words, String image) {
    ImageReference reference = ImageReference.of(image);
    String lower =
        words.replace(image, "").replace(reference.repository(), "").toLowerCase(Locale.ROOT);
    for (Row row : ROWS) {
      if (lower.contains(row.words())) {
        return row.cause();
      }
    }
    return PullFailure.REGISTRY;
  }
}
