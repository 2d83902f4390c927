package dev.audition.local.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.run.Progress;
import dev.audition.local.docker.PullOutcome.PullFailure;
import dev.audition.local.docker.RegistryCredentials.Found;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The images of one engine: what it has, and pulling what it has not.
 *
 * <p>An image the engine has is never pulled again, whatever {@code pull_policy} says: a run must
 * not change under its author between two starts. Safe for many threads.
 */
public final class DockerImages implements ImageConfigs {
  /** A registry that says nothing for this long is not reachable. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(15);

  private final DockerEngine engine;
  private final RegistryCredentials credentials;
  private final Duration firstAnswer;
  private final Map<String, CompletableFuture<PullOutcome>> pulling = new ConcurrentHashMap<>();

  /**
   * Make the images of an engine, with the credentials {@code docker pull} would find.
   *
   * @param environment whose {@code PATH} has the credential helpers
   */
  public DockerImages(
      DockerEngine engine, DockerSettings settings, Map<String, String> environment) {
    this(engine, new RegistryCredentials(settings, environment), FIRST_ANSWER);
  }

  DockerImages(DockerEngine engine, RegistryCredentials credentials, Duration firstAnswer) {
    this.engine = engine;
    this.credentials = credentials;
    this.firstAnswer = firstAnswer;
  }

  /**
   * {@inheritDoc}
   *
   * @throws EngineUnavailableException if the engine does not answer
   */
  @Override
  public Optional<ImageConfig> find(String reference) {
    return inspect(reference).map(InspectedImage::config);
  }

  /** Return whether the engine has an image. */
  public boolean has(String reference) {
    return inspect(reference).isPresent();
  }

  private Optional<InspectImageResponse> inspect(String reference) {
    try {
      return Optional.of(engine.client().inspectImageCmd(reference).exec());
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw new EngineUnavailableException(
          "the Docker engine at %s did not say whether it has %s: %s"
              .formatted(engine.host(), reference, EngineWords.of(e)),
          "Look whether it runs, with: docker version");
    }
  }

  /**
   * Have an image: at once if the engine has it, else by a pull. Asked twice for the same image at
   * the same time, it is pulled once, and the first one's listener is told.
   *
   * @param platform such as {@code linux/amd64}; empty for the engine's own
   */
  public PullOutcome obtain(String reference, String platform, Progress.Listener listener) {
    try {
      if (has(reference)) {
        return new PullOutcome.Present();
      }
    } catch (EngineUnavailableException e) {
      return failed(reference, e.reason(), PullFailure.ENGINE);
    }
    CompletableFuture<PullOutcome> mine = new CompletableFuture<>();
    CompletableFuture<PullOutcome> running = pulling.putIfAbsent(reference + " " + platform, mine);
    if (running != null) {
      return running.join();
    }
    try {
      PullOutcome outcome = pull(reference, platform, listener);
      mine.complete(outcome);
      return outcome;
    } finally {
      pulling.remove(reference + " " + platform);
      mine.complete(failed(reference, "the pull was cut off", PullFailure.ENGINE));
    }
  }

  private PullOutcome pull(String reference, String platform, Progress.Listener listener) {
    listener.on(
        new Progress.ImagePull(reference, "asking the registry", Progress.PullState.PULLING));
    ImageReference parts = ImageReference.of(reference);
    Found found = credentials.find(parts.registry());
    String words = pull(parts, found, platform, new PullProgress(reference, listener));
    if (words.isEmpty()) {
      listener.on(new Progress.ImagePull(reference, "", Progress.PullState.PULLED));
      return new PullOutcome.Pulled();
    }
    PullFailure cause = PullFailures.of(words, reference);
    String all = found.trouble().isEmpty() ? words : words + " (" + found.trouble() + ")";
    listener.on(new Progress.ImagePull(reference, all, Progress.PullState.FAILED));
    return failed(reference, all, cause);
  }

  private String pull(ImageReference parts, Found found, String platform, PullProgress progress) {
    try (PullImageCmd command = engine.client().pullImageCmd(parts.repository())) {
      command.withTag(parts.tag());
      if (!platform.isEmpty()) {
        command.withPlatform(platform);
      }
      if (found.credentials() != null) {
        command.withAuthConfig(found.credentials());
      }
      command.exec(progress);
      return progress.await(firstAnswer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the pull was interrupted";
    } catch (RuntimeException e) {
      return EngineWords.of(e);
    }
  }

  private static PullOutcome failed(String reference, String words, PullFailure cause) {
    return new PullOutcome.Failed("CannotPullContainerError: " + reference + ": " + words, cause);
  }
}
