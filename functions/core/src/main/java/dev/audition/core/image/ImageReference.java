package dev.audition.core.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image, taken apart the way Docker does it.
 *
 * @param registry host and port; {@link #DOCKER_HUB} where the text names none
 * @param repository the path in the registry; on Docker Hub with {@code library/} in front of a
 *     single word
 * @param tag null if the text has none
 * @param digest such as {@code sha256:...}; null if the text has none
 */
public record ImageReference(
    String registry, String repository, @Nullable String tag, @Nullable String digest) {
  /** The registry that a reference without one means. */
  public static final String DOCKER_HUB = "docker.io";

  private static final String OFFICIAL = "library/";

  // Docker's reference grammar: lower-case path components, a tag of at most 128 characters.
  private static final String HOST = "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?";
  private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
  private static final String DIGEST = "[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,}";
  private static final Pattern HOST_PATTERN = Pattern.compile(HOST);
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<name>[^:@]+(?::[0-9]+/[^:@]+)?)(?::(?<tag>%s))?(?:@(?<digest>%s))?"
              .formatted(TAG, DIGEST));
  private static final Pattern REPOSITORY =
      Pattern.compile("%s(?:/%s)*".formatted(COMPONENT, COMPONENT));

  /** Take a reference apart; empty if it is not one. */
  public static Optional<ImageReference> parse(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group("name");
    String registry = DOCKER_HUB;
    String repository = name;
    int slash = name.indexOf('/');
    if (slash > 0 && isRegistry(name.substring(0, slash))) {
      registry = name.substring(0, slash);
      repository = name.substring(slash + 1);
    }
    if (!REPOSITORY.matcher(repository).matches() || !HOST_PATTERN.matcher(registry).matches()) {
      return Optional.empty();
    }
    if (registry.equals("index.docker.io")) {
      registry = DOCKER_HUB;
    }
    if (registry.equals(DOCKER_HUB) && repository.indexOf('/') < 0) {
      repository = OFFICIAL + repository;
    }
    return Optional.of(
        new ImageReference(registry, repository, matcher.group("tag"), matcher.group("digest")));
  }

  // The first component is a host if it could not be a path component of Docker Hub.
  private static boolean isRegistry(String component) {
    return component.indexOf('.') >= 0
        || component.indexOf(':') >= 0
        || component.equals("localhost");
  }

  /**
   * Return the name people use: without Docker Hub and {@code library/}, and without tag and
   * digest. {@code postgres}, {@code bitnami/kafka}, {@code quay.io/minio/minio}.
   */
  public String familiarName() {
    if (!registry.equals(DOCKER_HUB)) {
      return registry + "/" + repository;
    }
    return repository.startsWith(OFFICIAL) ? repository.substring(OFFICIAL.length()) : repository;
  }

  /**
   * Return the name of the image on Docker Hub that this one is likely a copy of, familiar form;
   * for an image of another registry that is not recognised as a copy its familiar name.
   *
   * <p>A copy is what stands below {@code library/} (the public ECR mirror, pull-through caches), a
   * single word in any registry, and the {@code bitnami} folder of the public ECR.
   */
  public String originalName() {
    if (registry.equals(DOCKER_HUB)) {
      return familiarName();
    }
    int official = ("/" + repository).lastIndexOf("/" + OFFICIAL);
    if (official >= 0) {
      return repository.substring(official + OFFICIAL.length());
    }
    if (repository.indexOf('/') < 0) {
      return repository;
    }
    return registry.equals("public.ecr.aws") && repository.startsWith("bitnami/")
        ? repository
        : familiarName();
  }
}
