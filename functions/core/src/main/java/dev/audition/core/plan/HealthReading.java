package dev.audition.core.plan;

import dev.audition.core.compose.Healthcheck;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.image.HealthCommand;
import dev.audition.core.image.WellKnownImage;
import dev.audition.core.plan.HealthProbe.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Settles the health check of a service: the composition's, else the image's, else the catalogue's.
 *
 * <p>Numbers that the composition leaves out are the image's, as the Docker engine merges the two;
 * what is missing then is the compose specification's default.
 */
final class HealthReading {
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final int DEFAULT_RETRIES = 3;

  /** Ours asks once a second, so that a service is noticed when it is ready. */
  private static final Duration OUR_INTERVAL = Duration.ofSeconds(1);

  private static final Duration OUR_TIMEOUT = Duration.ofSeconds(5);
  private static final Healthcheck NOTHING =
      new Healthcheck(false, List.of(), null, null, null, null, null);

  private final PortReading.Ports ports;
  private final Findings findings;

  HealthReading(PortReading.Ports ports, Findings findings) {
    this.ports = ports;
    this.findings = findings;
  }

  /** Return a service's check; null if nothing checks it. */
  @Nullable HealthProbe read(Draft draft) {
    Healthcheck given = draft.service().get(ServiceKey.HEALTHCHECK, NOTHING);
    if (given.disabled()) {
      return null;
    }
    Healthcheck inImage = inImage(draft);
    if (!given.test().isEmpty()) {
      return probe(given.test(), given, inImage, Origin.COMPOSITION);
    }
    if (!inImage.test().isEmpty()) {
      return probe(inImage.test(), given, inImage, Origin.IMAGE);
    }
    HealthProbe ours = ours(draft, given);
    if (ours == null && draft.service().find(ServiceKey.HEALTHCHECK).isPresent()) {
      withoutTest(draft);
    }
    return ours;
  }

  private static Healthcheck inImage(Draft draft) {
    Healthcheck check = draft.config() == null ? null : draft.config().healthcheck();
    return check == null || check.disabled() ? NOTHING : check;
  }

  private static HealthProbe probe(
      List<String> test, Healthcheck given, Healthcheck inImage, Origin origin) {
    return new HealthProbe(
        test,
        first(given.interval(), inImage.interval(), DEFAULT_INTERVAL),
        first(given.timeout(), inImage.timeout(), DEFAULT_TIMEOUT),
        first(given.retries(), inImage.retries(), DEFAULT_RETRIES),
        first(given.startPeriod(), inImage.startPeriod(), Duration.ZERO),
        origin);
  }

  private static <T> T first(@Nullable T given, @Nullable T inImage, T otherwise) {
    return given != null ? given : Objects.requireNonNullElse(inImage, otherwise);
  }

  private @Nullable HealthProbe ours(Draft draft, Healthcheck given) {
    WellKnownImage server = draft.server();
    HealthCommand check = server == null ? null : server.check();
    OptionalInt port = draft.serverPort();
    if (server == null || check == null || port.isEmpty() || othersUseAnotherPort(draft, port)) {
      return null;
    }
    HealthProbe probe =
        new HealthProbe(
            check.forPort(port.getAsInt()),
            first(given.interval(), null, OUR_INTERVAL),
            first(given.timeout(), null, OUR_TIMEOUT),
            first(given.retries(), null, check.seconds()),
            first(given.startPeriod(), null, Duration.ZERO),
            Origin.CATALOGUE);
    findings.reading(
        "%s: ready when our check for %s on port %d succeeds (every %s, for at most %s)"
            .formatted(
                draft.name(),
                server.name(),
                port.getAsInt(),
                Words.duration(probe.interval()),
                Words.duration(probe.budget())));
    return probe;
  }

  // A configuration file may have moved the port; a check of the usual one would fail for ever.
  private boolean othersUseAnotherPort(Draft draft, OptionalInt port) {
    List<KnownPort> named = ports.named().getOrDefault(draft.name(), List.of());
    return !named.isEmpty() && named.stream().noneMatch(known -> known.port() == port.getAsInt());
  }

  private void withoutTest(Draft draft) {
    if (draft.config() == null) {
      findings.unknown(draft, "the health check whose times the composition gives");
      return;
    }
    findings
        .diagnostics()
        .warn(
            Category.NO_EFFECT,
            draft.service().locationOf(ServiceKey.HEALTHCHECK),
            draft.path(ServiceKey.HEALTHCHECK),
            "the health check has no test, and the image has none either",
            "Add a test");
  }
}
