package dev.audition.local.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.api.model.BuildResponseItem;
import dev.audition.core.compose.BuildConfig;
import dev.audition.core.plan.ImageBuild;
import dev.audition.core.run.Progress;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds images on the engine, with its classic builder and its cache: what did not change is not
 * built again.
 */
public final class DockerBuilds {
  /** How much of a failed build's output its reason repeats. */
  private static final int LAST_LINES = 12;

  private static final int BAD_REQUEST = 400;

  /**
   * What the classic builder says of syntax that is not its own; the address it names helps nobody.
   */
  private static final Pattern NEEDS_BUILDKIT =
      Pattern.compile("BuildKit|unknown flag: (mount|chmod|link|parents)|unknown instruction: <<");

  private static final String BUILDKIT_REMEDY =
      "Audition builds with the engine's classic builder. Build this image with `docker build` and"
          + " name it: `image:` instead of `build:`, or --image in a pipeline.";

  private static final Pattern TERMINAL_CONTROL = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");

  private static final Pattern URL = Pattern.compile("(https?|git|ssh)://.*|git@.*");
  private static final Pattern FROM =
      Pattern.compile("(?im)^\\s*FROM\\s+(?:--platform=\\S+\\s+)?(\\S+)");

  private final DockerEngine engine;
  private final RegistryCredentials credentials;

  /**
   * Make the builds of an engine, with the credentials {@code docker build} would find.
   *
   * @param environment whose {@code PATH} has the credential helpers
   */
  public DockerBuilds(
      DockerEngine engine, DockerSettings settings, Map<String, String> environment) {
    this.engine = engine;
    this.credentials = new RegistryCredentials(settings, environment);
  }

  /** What came of a build. */
  public sealed interface BuildOutcome {
    /** The image is there under its reference. */
    record Built(String imageId) implements BuildOutcome {}

    /** The user's build failed; the reason ends with its last lines. */
    record Failed(String reason) implements BuildOutcome {}

    /** The engine did not answer, or a base image's registry did not. */
    record Unavailable(String reason) implements BuildOutcome {}
  }

  /** Build an image and name it as asked; blocks until it is done. */
  public BuildOutcome build(ImageBuild build, Progress.Listener listener) {
    Follower follower = new Follower(build.name(), listener);
    BuildConfig config = build.build();
    try (BuildImageCmd command = engine.client().buildImageCmd()) {
      if (URL.matcher(config.context()).matches()) {
        command.withRemote(URI.create(config.context()));
        if (config.dockerfile() != null) {
          command.withDockerfilePath(config.dockerfile());
        }
      } else {
        BuildContext context = BuildContext.open(config);
        command.withTarInputStream(context.stream()).withDockerfilePath(context.dockerfile());
        command.withBuildAuthConfigs(credentialsFor(context.dockerfileText()));
      }
      config.arguments().forEach(command::withBuildArg);
      if (config.target() != null) {
        command.withTarget(config.target());
      }
      command.withTags(Set.of(build.image())).withRemove(true).withForcerm(true);
      command.exec(follower);
      follower.await();
    } catch (IOException | IllegalArgumentException e) {
      return new BuildOutcome.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new BuildOutcome.Unavailable(EngineWords.of(e));
    }
    return outcome(build, follower);
  }

  private BuildOutcome outcome(ImageBuild build, Follower follower) {
    String error = follower.error;
    if (error == null) {
      String id = follower.imageId;
      return id == null
          ? new BuildOutcome.Failed("the build ended without an image\n" + follower.lastLines())
          : new BuildOutcome.Built(id);
    }
    if (follower.broken) {
      return new BuildOutcome.Unavailable(error);
    }
    String words = follower.lines.isEmpty() ? error : error + "\n" + follower.lastLines();
    String reason = NEEDS_BUILDKIT.matcher(error).find() ? words + "\n" + BUILDKIT_REMEDY : words;
    return follower.pulling()
            && PullFailures.of(error, build.image()) != PullOutcome.PullFailure.NO_SUCH_IMAGE
        ? new BuildOutcome.Unavailable(reason)
        : new BuildOutcome.Failed(reason);
  }

  private AuthConfigurations credentialsFor(String dockerfile) {
    AuthConfigurations all = new AuthConfigurations();
    Matcher from = FROM.matcher(dockerfile);
    while (from.find()) {
      var found = credentials.find(ImageReference.of(from.group(1)).registry()).credentials();
      if (found != null) {
        all.addConfig(found);
      }
    }
    return all;
  }

  /** Follows one build's output. */
  private static final class Follower implements ResultCallback<BuildResponseItem> {
    private static final String STEP = "Step ";
    private final String name;
    private final Progress.Listener listener;
    private final Deque<String> lines = new ArrayDeque<>();
    private final StringBuilder unfinished = new StringBuilder();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile @Nullable Closeable connection;
    private @Nullable String imageId;
    private @Nullable String error;
    private boolean broken;
    private boolean parsed = true;
    private String step = "";

    Follower(String name, Progress.Listener listener) {
      this.name = name;
      this.listener = listener;
    }

    /** Wait for the end; an interrupt ends the build with its connection. */
    void await() throws IOException {
      try {
        end.get();
      } catch (InterruptedException e) {
        Closeable open = connection;
        if (open != null) {
          open.close();
        }
        Thread.currentThread().interrupt();
        throw new IOException("the build was stopped", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("build: " + e.getCause() + " (expected: an end)", e);
      }
    }

    @Override
    public void onStart(Closeable opened) {
      connection = opened;
    }

    @Override
    public void onNext(BuildResponseItem item) {
      if (item.getErrorDetail() != null) {
        error = String.valueOf(item.getErrorDetail().getMessage()).strip();
      } else if (item.getRawValues().get("aux") instanceof Map<?, ?> aux
          && aux.get("ID") instanceof String id) {
        // Every stage says its own; the last one is the image's.
        imageId = id;
      } else if (item.getStream() != null) {
        take(item.getStream());
      }
    }

    private void take(String text) {
      unfinished.append(text);
      for (int newline = unfinished.indexOf("\n");
          newline >= 0;
          newline = unfinished.indexOf("\n")) {
        line(unfinished.substring(0, newline).stripTrailing());
        unfinished.delete(0, newline + 1);
      }
    }

    private void line(String raw) {
      String line = TERMINAL_CONTROL.matcher(raw).replaceAll("").stripTrailing();
      if (line.isEmpty()) {
        return;
      }
      if (line.startsWith(STEP)) {
        step = line;
      }
      lines.addLast(line);
      if (lines.size() > LAST_LINES) {
        lines.removeFirst();
      }
      listener.on(new Progress.BuildOutput(name, line));
    }

    /** Whether the last thing it did was to ask a registry, or a remote context. */
    boolean pulling() {
      return parsed && (step.contains(" : FROM ") || step.isEmpty());
    }

    String lastLines() {
      return String.join("\n", lines);
    }

    @Override
    public void onError(Throwable thrown) {
      if (error == null) {
        error = EngineWords.of(thrown);
        // A Dockerfile that cannot be parsed is refused before anything is built.
        parsed =
            !(thrown instanceof DockerException answer && answer.getHttpStatus() == BAD_REQUEST);
        broken = parsed;
      }
      end.complete(null);
    }

    @Override
    public void onComplete() {
      line(unfinished.toString().stripTrailing());
      end.complete(null);
    }

    @Override
    public void close() {
      end.complete(null);
    }
  }
}
