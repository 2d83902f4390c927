package dev.audition.aws.testkit;

import dev.audition.aws.AwsAccess;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack, in a container. Its image is never pulled here: where the engine does not have it,
 * tests that ask for it are skipped with that reason. One that runs already is used if {@code
 * AUDITION_LOCALSTACK} is its address.
 */
public final class LocalStack {
  /** The last release that starts without a token. */
  static final String IMAGE = "localstack/localstack:4.14.0";

  /** What it signs with where signatures are looked at; the key's id is the same. */
  private static final String KEY = "test";

  private static final String SERVICES = "dynamodb,events,logs,s3,secretsmanager,sns,sqs";
  private static final long PATIENCE_SECONDS = 30;

  private static @Nullable URI endpoint;

  private LocalStack() {}

  /** Return access to it, where {@link #canBeHad} says so. */
  public static synchronized AwsAccess access() {
    URI known = endpoint;
    if (known == null) {
      known = found();
      endpoint = known;
    }
    return AwsAccess.withKeys(LocalAccess.REGION, KEY, KEY).at(known);
  }

  private static String given() {
    return System.getenv().getOrDefault("AUDITION_LOCALSTACK", "");
  }

  private static URI found() {
    if (!given().isEmpty()) {
      return URI.create(given());
    }
    LocalStackContainer container =
        new LocalStackContainer(DockerImageName.parse(IMAGE))
            .withEnv("SERVICES", SERVICES)
            .withEnv("S3_SKIP_SIGNATURE_VALIDATION", "0");
    Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
    container.start();
    return container.getEndpoint();
  }

  /**
   * Return whether its address is given or the engine has its image, which nothing here pulls.
   * Asked with the command: the library would begin with containers of its own.
   */
  public static boolean canBeHad() {
    if (!given().isEmpty()) {
      return true;
    }
    try {
      Process inspect =
          new ProcessBuilder("docker", "image", "inspect", IMAGE)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return inspect.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && inspect.exitValue() == 0;
    } catch (IOException _) {
      return false; // no such command
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
