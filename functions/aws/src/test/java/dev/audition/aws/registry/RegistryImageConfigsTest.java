package dev.audition.aws.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.CloudException;
import dev.audition.core.compose.Healthcheck;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryImageConfigsTest {
  private static final String CONFIG =
      """
      {"architecture": "amd64", "os": "linux", "config": {
        "User": "app", "WorkingDir": "/srv", "StopSignal": "SIGINT",
        "Entrypoint": ["/entry.sh"], "Cmd": ["serve"],
        "Env": ["PATH=/bin", "A=b=c", "odd"],
        "ExposedPorts": {"8080/tcp": {}, "53/udp": {}, "80": {}},
        "Volumes": {"/var/lib/x": {}},
        "Healthcheck": {"Test": ["CMD", "true"], "Interval": 5000000000, "Retries": 3}}}\
      """;

  private final RegistryStandIn registry = new RegistryStandIn();
  private final ManualClock clock = new ManualClock();

  private RegistryImageConfigs configs(RegistryCredentials credentials) {
    return new RegistryImageConfigs(_ -> registry.address(), credentials, clock);
  }

  private RegistryImageConfigs configs() {
    return configs(RegistryCredentials.NONE);
  }

  private String index(String... architecturesAndDigests) {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < architecturesAndDigests.length; i += 2) {
      entries.append(entries.isEmpty() ? "" : ",");
      entries.append(
          "{\"digest\":\"%s\",\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}"
              .formatted(architecturesAndDigests[i + 1], architecturesAndDigests[i]));
    }
    return "{\"schemaVersion\":2,\"manifests\":[" + entries + "]}";
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void sayWhatTheImageSays() {
    registry.tag("library/shop", "1", registry.image("library/shop", CONFIG));

    ImageConfig config = configs().find("shop:1").orElseThrow();

    assertThat(config.entrypoint()).containsExactly("/entry.sh");
    assertThat(config.command()).containsExactly("serve");
    assertThat(config.environment())
        .containsExactly(Map.entry("PATH", "/bin"), Map.entry("A", "b=c"));
    assertThat(config.user()).isEqualTo("app");
    assertThat(config.workingDir()).isEqualTo("/srv");
    assertThat(config.exposedPorts()).containsExactly(80, 8080);
    assertThat(config.volumes()).containsExactly("/var/lib/x");
    assertThat(config.stopSignal()).isEqualTo("SIGINT");
    assertThat(config.architecture()).isEqualTo("amd64");
    assertThat(config.healthcheck())
        .isEqualTo(
            new Healthcheck(
                false, List.of("CMD", "true"), Duration.ofSeconds(5), null, 3, null, null));
    assertThat(configs().architectures("shop:1")).containsExactly("amd64");
  }

  @Test
  void takeTheUsualPlatformOfAnIndexAndNameAll() {
    String arm = registry.image("shop/app", CONFIG.replace("amd64", "arm64"));
    String intel = registry.image("shop/app", CONFIG);
    String list = index("arm64", arm, "amd64", intel, "unknown", arm);
    registry.put(
        "/v2/shop/app/manifests/latest",
        RegistryStandIn.INDEX,
        list.getBytes(StandardCharsets.UTF_8));

    RegistryImageConfigs configs = configs();

    assertThat(configs.find("r.example/shop/app").orElseThrow().architecture()).isEqualTo("amd64");
    assertThat(configs.architectures("r.example/shop/app"))
        .containsExactlyInAnyOrder("amd64", "arm64");
  }

  @Test
  void areAskedForByDigest() {
    String digest = registry.image("library/shop", CONFIG);

    assertThat(configs().find("shop@" + digest)).isPresent();
  }

  @Test
  void getATokenWhereTheRegistryAsksForOne() {
    registry.withTokens().tag("library/shop", "1", registry.image("library/shop", CONFIG));

    assertThat(configs().find("shop:1")).isPresent();
    assertThat(registry.asked())
        .filteredOn(path -> path.startsWith("/token"))
        .containsExactly("/token?service=stand-in&scope=repository%3Ax%3Apull");
  }

  @Test
  void logInForTheTokenWhereThereAreCredentials() {
    registry.withTokens().tag("shop", "1", registry.image("shop", CONFIG));

    assertThat(configs(_ -> Optional.of("Basic eA==")).find("r.example/shop:1")).isPresent();
    assertThat(registry.authorizations())
        .containsExactly("Basic eA==", "Basic eA==", "Bearer token-1", "Bearer token-1");
  }

  @Test
  void bringTheCredentialsThereAre() {
    registry.wanting("Basic eA==").tag("shop", "1", registry.image("shop", CONFIG));

    assertThat(configs(_ -> Optional.of("Basic eA==")).find("r.example/shop:1")).isPresent();
    assertThat(configs().find("r.example/shop:1")).isEmpty();
    assertThat(configs().whyUnknown("r.example/shop:1")).isEqualTo("r.example wants a login");
  }

  @Test
  void followARedirectWithoutWhatOpensTheRegistry() {
    byte[] bytes = CONFIG.getBytes(StandardCharsets.UTF_8);
    String blob = "/v2/shop/blobs/" + RegistryStandIn.digest(bytes);
    registry.wanting("Basic eA==").tag("shop", "1", registry.image("shop", CONFIG));
    try (RegistryStandIn store = new RegistryStandIn()) {
      store.put("/elsewhere", "application/octet-stream", bytes);
      registry.redirects(blob, store.address() + "/elsewhere");

      assertThat(configs(_ -> Optional.of("Basic eA==")).find("r.example/shop:1")).isPresent();
      assertThat(store.authorizations()).containsExactly("");
    }
  }

  @Test
  void areAskedForOnceAndAgainAfterAWhile() {
    registry.tag("library/shop", "1", registry.image("library/shop", CONFIG));
    RegistryImageConfigs configs = configs();

    configs.find("shop:1");
    configs.find("shop:1");
    configs.architectures("shop:1");
    assertThat(registry.asked()).hasSize(2);

    clock.advance(Duration.ofMinutes(6));
    configs.find("shop:1");
    // The tag may have moved; what a digest names has not.
    assertThat(registry.asked()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "404,docker.io does not have it",
    "403,docker.io does not let library/shop be read",
    "429,docker.io says: too many requests",
    "500,docker.io answered with status 500"
  })
  void areUnknownWithTheReason(int status, String why) {
    registry.fails("/v2/library/shop/manifests/1", status);
    RegistryImageConfigs configs = configs();

    assertThat(configs.find("shop:1")).isEmpty();
    assertThat(configs.architectures("shop:1")).isEmpty();
    assertThat(configs.whyUnknown("shop:1")).isEqualTo(why);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void areAskedForAgainByTheNextPlanWhereTheCausePasses(int status) {
    registry.tag("library/shop", "1", registry.image("library/shop", CONFIG));
    registry.fails("/v2/library/shop/manifests/1", status);
    RegistryImageConfigs configs = configs();

    ImageConfigs first = configs.forOnePlan();
    assertThat(first.mayBeKnownSoon("shop:1")).isTrue();
    registry.recovers();
    // A plan is made of one answer, whatever becomes of the registry meanwhile.
    assertThat(first.find("shop:1")).isEmpty();
    assertThat(first.whyUnknown("shop:1")).startsWith("docker.io");
    assertThat(registry.asked()).hasSize(1);

    ImageConfigs second = configs.forOnePlan();
    assertThat(second.find("shop:1")).isPresent();
    assertThat(second.mayBeKnownSoon("shop:1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404})
  void areNotAskedForAgainForAWhileWhereTheCauseLasts(int status) {
    registry.tag("library/shop", "1", registry.image("library/shop", CONFIG));
    registry.fails("/v2/library/shop/manifests/1", status);
    RegistryImageConfigs configs = configs();

    assertThat(configs.forOnePlan().find("shop:1")).isEmpty();
    registry.recovers();
    assertThat(configs.forOnePlan().mayBeKnownSoon("shop:1")).isFalse();
    assertThat(configs.forOnePlan().find("shop:1")).isEmpty();
    assertThat(registry.asked()).hasSize(1);

    clock.advance(Duration.ofMinutes(1));
    assertThat(configs.forOnePlan().find("shop:1")).isPresent();
  }

  @Test
  void areUnknownWhereNobodyAnswers() {
    RegistryImageConfigs configs = configs();
    registry.close();

    assertThat(configs.find("shop:1")).isEmpty();
    assertThat(configs.mayBeKnownSoon("shop:1")).isTrue();
    assertThat(configs.whyUnknown("shop:1")).contains("127.0.0.1 did not answer");
  }

  @Test
  void areUnknownWhereTheDocumentsAreNone() {
    put("notjson", "<html>");
    put("strange", "[1, {\"config\": 3}]");
    put("empty", "{}");
    put(
        "badlist",
        "{\"manifests\": [{\"digest\": \"../../x\", \"platform\": {\"os\": \"linux\","
            + " \"architecture\": \"amd64\"}}]}");
    RegistryImageConfigs configs = configs();

    for (String tag : List.of("notjson", "strange", "empty", "badlist")) {
      assertThat(configs.find("shop:" + tag)).isEmpty();
      assertThat(configs.whyUnknown("shop:" + tag)).isNotEmpty().doesNotContain("fault");
    }
  }

  private void put(String tag, String text) {
    registry.put(
        "/v2/library/shop/manifests/" + tag,
        RegistryStandIn.MANIFEST,
        text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void areUnknownWhereTheAnswerIsTooLarge() {
    put("1", " ".repeat(RegistryClient.MOST_BYTES + 1));

    assertThat(configs().whyUnknown("shop:1")).contains("more than 4 MiB");
  }

  @Test
  void areUnknownWhereTheContentIsNotWhatItsDigestSays() {
    String digest = registry.image("library/shop", CONFIG);
    registry.put(
        "/v2/library/shop/manifests/" + digest,
        RegistryStandIn.MANIFEST,
        "{\"config\":{}}".getBytes(StandardCharsets.UTF_8));

    assertThat(configs().whyUnknown("shop@" + digest)).contains("another digest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UPPER/Case", "a b", "audition.local/"})
  void areUnknownWhereTheNameIsNone(String reference) {
    assertThat(configs().find(reference)).isEmpty();
    assertThat(configs().whyUnknown(reference)).isEqualTo("not the name of an image");
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void whoseCredentialsBreakAreUnknownToo() {
    RegistryImageConfigs configs =
        configs(
            _ -> {
              throw new CloudException("no token today", true, "Throttling", null);
            });

    assertThat(configs.find("shop:1")).isEmpty();
    assertThat(configs.whyUnknown("shop:1")).isEqualTo("no token today");
    assertThat(configs.mayBeKnownSoon("shop:1")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost:5000",
        "169.254.169.254",
        "10.0.0.1",
        "100.64.0.1",
        "198.18.0.1",
        "240.0.0.1",
        "[::1]",
        "0.0.0.0"
      })
  void ofHostsThatAreNotOnTheInternetAreNotAskedFor(String host) {
    RegistryImageConfigs configs =
        new RegistryImageConfigs(RegistryAddresses.PUBLIC, RegistryCredentials.NONE, clock);

    assertThat(configs.find(host + "/shop:1")).isEmpty();
    assertThat(configs.mayBeKnownSoon(host + "/shop:1")).isFalse();
    assertThat(configs.whyUnknown(host + "/shop:1"))
        .satisfiesAnyOf(
            why -> assertThat(why).contains("is not on the internet"),
            why -> assertThat(why).isEqualTo("not the name of an image"));
  }

  @Test
  void ofHostsThatHaveNoAddressMayBeKnownSoon() {
    RegistryImageConfigs configs =
        new RegistryImageConfigs(RegistryAddresses.PUBLIC, RegistryCredentials.NONE, clock);

    assertThat(configs.mayBeKnownSoon("registry.invalid/shop:1")).isTrue();
    assertThat(configs.whyUnknown("registry.invalid/shop:1"))
        .isEqualTo("no address was found for registry.invalid");
  }
}
