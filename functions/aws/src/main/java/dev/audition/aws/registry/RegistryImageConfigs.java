package dev.audition.aws.registry;

import dev.audition.aws.Deadline;
import dev.audition.aws.registry.RegistryTroubleException.Kind;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configurations of images as their registries tell them. An image that cannot be looked up is
 * not known, with the reason at hand; nothing is ever thrown into planning. Safe for several
 * threads.
 *
 * <p>What is known is kept for all plans, and so is what will stay unknown. What failed in passing
 * is kept for its plan only, so that the next one asks again; but a registry that let one wait in
 * vain is not waited for again by whoever comes right after.
 */
public final class RegistryImageConfigs implements ImageConfigs {
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String ACCEPTED = String.join(", ", INDEX, LIST, MANIFEST, DOCKER);

  /** A tag may move. */
  private static final Duration KNOWN = Duration.ofMinutes(5);

  /** What is not there may be pushed. */
  private static final Duration UNKNOWN = Duration.ofMinutes(1);

  /** Shorter than it takes until a step is prepared for the third time, which asks for certain. */
  private static final Duration SILENT = Duration.ofSeconds(15);

  /** Images that one process looks at are few; this only bounds what it keeps. */
  private static final int MOST_KEPT = 500;

  private sealed interface Answer {
    /**
     * An image.
     *
     * @param architectures all it is there for
     */
    record Known(ImageConfig config, Set<String> architectures) implements Answer {}

    record NotKnown(String why, boolean passing) implements Answer {}
  }

  private record Kept(Answer answer, Instant until) {}

  private record Platform(String digest, String architecture) {}

  private final RegistryClient client;
  private final InstantSource clock;
  private final LookUpLimits limits;
  private final Map<String, Kept> answers = new ConcurrentHashMap<>();
  private final Map<String, ImageConfig> byDigest = new ConcurrentHashMap<>();
  private final Map<String, Instant> silentUntil = new ConcurrentHashMap<>();

  /** Make one. */
  public RegistryImageConfigs(
      RegistryAddresses addresses, RegistryCredentials credentials, InstantSource clock) {
    this(addresses, credentials, clock, LookUpLimits.DEFAULT);
  }

  RegistryImageConfigs(
      RegistryAddresses addresses,
      RegistryCredentials credentials,
      InstantSource clock,
      LookUpLimits limits) {
    this.client = new RegistryClient(addresses, credentials);
    this.clock = clock;
    this.limits = limits;
  }

  @Override
  public ImageConfigs forOnePlan() {
    return new OfOnePlan(Deadline.in(limits.plan()));
  }

  @Override
  public Optional<ImageConfig> find(String reference) {
    return forOnePlan().find(reference);
  }

  @Override
  public Set<String> architectures(String reference) {
    return forOnePlan().architectures(reference);
  }

  @Override
  public String whyUnknown(String reference) {
    return forOnePlan().whyUnknown(reference);
  }

  @Override
  public boolean mayBeKnownSoon(String reference) {
    return forOnePlan().mayBeKnownSoon(reference);
  }

  /** Each image is asked for once, until the time is over. */
  private final class OfOnePlan implements ImageConfigs {
    private final Deadline deadline;
    private final Map<String, Answer> told = new ConcurrentHashMap<>();

    private OfOnePlan(Deadline deadline) {
      this.deadline = deadline;
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

    @Override
    public boolean mayBeKnownSoon(String reference) {
      return switch (answer(reference)) {
        case Answer.Known _ -> false;
        case Answer.NotKnown unknown -> unknown.passing();
      };
    }

    private Answer answer(String reference) {
      Answer known = told.get(reference);
      if (known == null) {
        known = RegistryImageConfigs.this.answer(reference, deadline);
        told.put(reference, known);
      }
      return known;
    }
  }

  private Answer answer(String reference, Deadline deadline) {
    Kept kept = answers.get(reference);
    if (kept != null && clock.instant().isBefore(kept.until())) {
      return kept.answer();
    }
    if (answers.size() >= MOST_KEPT
        || byDigest.size() >= MOST_KEPT
        || silentUntil.size() >= MOST_KEPT) {
      answers.clear();
      byDigest.clear();
      silentUntil.clear();
    }
    Answer asked =
        ImageReference.parse(reference)
            .map(image -> ask(image, deadline))
            .orElseGet(() -> new Answer.NotKnown("not the name of an image", false));
    switch (asked) {
      case Answer.Known _ -> answers.put(reference, new Kept(asked, clock.instant().plus(KNOWN)));
      case Answer.NotKnown unknown when unknown.passing() -> answers.remove(reference);
      case Answer.NotKnown _ ->
          answers.put(reference, new Kept(asked, clock.instant().plus(UNKNOWN)));
    }
    return asked;
  }

  /** The outermost place that sees a look-up: whatever breaks, the image is only not known. */
  private Answer ask(ImageReference image, Deadline deadline) {
    String host = image.registry();
    Instant silent = silentUntil.get(host);
    if (silent != null && clock.instant().isBefore(silent)) {
      return new Answer.NotKnown(host + " did not answer in time a moment ago", true);
    }
    if (deadline.passed()) {
      return new Answer.NotKnown(
          "%s was not asked in time: the images before took all of the %s"
              .formatted(host, seconds(limits.plan())),
          true);
    }
    try {
      return deadline.orIn(limits.image()).answer(() -> look(image));
    } catch (TimeoutException _) {
      return late(host, deadline);
    } catch (ExecutionException e) {
      return failed(host, e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.NotKnown("interrupted", true);
    }
  }

  /** Only who had as long as any image may have is taken for silent. */
  private Answer late(String host, Deadline deadline) {
    if (deadline.passed()) {
      return new Answer.NotKnown(
          "%s did not answer in time: there were %s for all images"
              .formatted(host, seconds(limits.plan())),
          true);
    }
    silentUntil.put(host, clock.instant().plus(SILENT));
    return new Answer.NotKnown(
        "%s did not answer within %s".formatted(host, seconds(limits.image())), true);
  }

  private Answer failed(String host, @Nullable Throwable cause) {
    if (!(cause instanceof RegistryTroubleException trouble)) {
      return new Answer.NotKnown("a fault: " + cause, false);
    }
    if (trouble.kind() == Kind.SILENCE) {
      silentUntil.put(host, clock.instant().plus(SILENT));
    }
    return new Answer.NotKnown(trouble.why(), trouble.kind() != Kind.LASTING);
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
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
    return new Answer.Known(config, Set.copyOf(architectures));
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
