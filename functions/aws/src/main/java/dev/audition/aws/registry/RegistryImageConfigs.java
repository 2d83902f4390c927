package dev.audition.aws.registry;

import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.image.ImageReference;
import dev.audition.core.tree.TreeNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The configurations of images as their registries tell them. An image that cannot be looked up is
 * not known, with the reason at hand; nothing is ever thrown into planning. Safe for several
 * threads.
 */
public final class RegistryImageConfigs implements ImageConfigs {
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String ACCEPTED = String.join(", ", INDEX, LIST, MANIFEST, DOCKER);

  /** A tag may move, and what was out of reach may come back. */
  private static final Duration KNOWN = Duration.ofMinutes(5);

  private static final Duration UNKNOWN = Duration.ofMinutes(1);

  /** Images that one process looks at are few; this only bounds what it keeps. */
  private static final int MOST_KEPT = 500;

  private sealed interface Answer {
    Instant until();

    /**
     * An image.
     *
     * @param architectures all it is there for
     */
    record Known(ImageConfig config, Set<String> architectures, Instant until) implements Answer {}

    record NotKnown(String why, Instant until) implements Answer {}
  }

  private record Platform(String digest, String architecture) {}

  private final RegistryClient client;
  private final InstantSource clock;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, ImageConfig> byDigest = new ConcurrentHashMap<>();

  /** Make one. */
  public RegistryImageConfigs(
      RegistryAddresses addresses, RegistryCredentials credentials, InstantSource clock) {
    this.client = new RegistryClient(addresses, credentials);
    this.clock = clock;
  }

  @Override
  public Optional<ImageConfig> find(String reference) {
    return switch (answer(reference)) {
      case Answer.Known known -> Optional.of(known.config());
      case Answer.NotKnown _ -> Optional.empty();
    };
  }

  @Override
  public Set<String> architectures(String reference) {
    return switch (answer(reference)) {
      case Answer.Known known -> known.architectures();
      case Answer.NotKnown _ -> Set.of();
    };
  }

  @Override
  public String whyUnknown(String reference) {
    return switch (answer(reference)) {
      case Answer.Known _ -> "";
      case Answer.NotKnown unknown -> unknown.why();
    };
  }

  private Answer answer(String reference) {
    Answer known = answers.get(reference);
    if (known != null && clock.instant().isBefore(known.until())) {
      return known;
    }
    if (answers.size() >= MOST_KEPT || byDigest.size() >= MOST_KEPT) {
      answers.clear();
      byDigest.clear();
    }
    Answer asked = ask(reference);
    answers.put(reference, asked);
    return asked;
  }

  /** The outermost place that sees a look-up: whatever breaks, the image is only not known. */
  private Answer ask(String reference) {
    Optional<ImageReference> image = ImageReference.parse(reference);
    if (image.isEmpty()) {
      return new Answer.NotKnown("not the name of an image", clock.instant().plus(UNKNOWN));
    }
    try {
      return look(image.get());
    } catch (RegistryTroubleException e) {
      return new Answer.NotKnown(e.why(), clock.instant().plus(UNKNOWN));
    } catch (RuntimeException e) {
      return new Answer.NotKnown("a fault: " + e, clock.instant().plus(UNKNOWN));
    }
  }

  private Answer look(ImageReference image) {
    String wanted =
        image.digest() != null ? image.digest() : image.tag() == null ? "latest" : image.tag();
    TreeNode manifest = manifest(image, wanted);
    List<Platform> platforms = platforms(manifest);
    if (!platforms.isEmpty()) {
      Platform chosen = platforms.getFirst();
      manifest = verified(image, chosen.digest());
    }
    String digest = Documents.text(Documents.child(manifest, "config"), "digest");
    if (digest.isEmpty()) {
      throw new RegistryTroubleException(
          image.registry() + " has it in a form that is not read here");
    }
    ImageConfig config = config(image, digest);
    Set<String> architectures =
        platforms.isEmpty()
            ? Set.of(config.architecture())
            : platforms.stream().map(Platform::architecture).collect(Collectors.toSet());
    return new Answer.Known(config, Set.copyOf(architectures), clock.instant().plus(KNOWN));
  }

  private TreeNode manifest(ImageReference image, String reference) {
    return reference.contains(":")
        ? verified(image, reference)
        : RegistryClient.json(
            client.fetch(image.registry(), image.repository(), "manifests/" + reference, ACCEPTED),
            image.registry());
  }

  private TreeNode verified(ImageReference image, String digest) {
    byte[] bytes =
        client.fetch(image.registry(), image.repository(), "manifests/" + safe(digest), ACCEPTED);
    return RegistryClient.json(checked(bytes, digest, image), image.registry());
  }

  /** Linux only; amd64 first, because it is what runs where nobody asks; the rest as listed. */
  private static List<Platform> platforms(TreeNode manifest) {
    Map<String, Platform> found = new LinkedHashMap<>();
    for (TreeNode entry : Documents.items(manifest, "manifests")) {
      TreeNode platform = Documents.child(entry, "platform");
      String architecture = Documents.text(platform, "architecture");
      String digest = Documents.text(entry, "digest");
      boolean image =
          Documents.text(platform, "os").equals("linux")
              && !architecture.isEmpty()
              && !architecture.equals("unknown")
              && !digest.isEmpty();
      if (image) {
        found.putIfAbsent(architecture, new Platform(digest, architecture));
      }
    }
    Function<Platform, Integer> rank =
        platform ->
            switch (platform.architecture()) {
              case "amd64" -> 0;
              case "arm64" -> 1;
              default -> 2;
            };
    return found.values().stream().sorted(Comparator.comparing(rank)).toList();
  }

  private ImageConfig config(ImageReference image, String digest) {
    ImageConfig known = byDigest.get(digest);
    if (known != null) {
      return known;
    }
    byte[] bytes = client.fetch(image.registry(), image.repository(), "blobs/" + safe(digest), "");
    TreeNode blob = RegistryClient.json(checked(bytes, digest, image), image.registry());
    ImageConfig config = ConfigBlob.read(digest, blob);
    byDigest.put(digest, config);
    return config;
  }

  private static String safe(String digest) {
    if (!digest.matches("[a-z0-9+._-]+:[0-9a-fA-F]{32,128}")) {
      throw new RegistryTroubleException("the registry names a digest that is none");
    }
    return digest;
  }

  private static byte[] checked(byte[] bytes, String digest, ImageReference image) {
    if (digest.startsWith("sha256:") && !digest.equals("sha256:" + sha256(bytes))) {
      throw new RegistryTroubleException(
          image.registry() + " answered with something of another digest");
    }
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every Java runtime)", e);
    }
  }
}
