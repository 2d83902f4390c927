package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.ServiceKeyRow.Outcome;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceKeysTest {
  static Stream<ServiceKeyRow> rows(Outcome outcome) {
    return ServiceKeys.rows().stream().filter(row -> row.outcome() == outcome);
  }

  static Stream<ServiceKeyRow> warned() {
    return rows(Outcome.WARNED);
  }

  static Stream<ServiceKeyRow> ignored() {
    return rows(Outcome.IGNORED);
  }

  @Test
  void aRelativePathOutsideThatHoldsNothingIsAnEmptyFolderAsInDocker() {
    ComposeResult result = ComposeFiles.app("volumes: ['../gone:/x']").read();

    assertThat(result.refused()).isFalse();
    assertThat(result.diagnostics())
        .anySatisfy(
            diagnostic ->
                assertThat(diagnostic.message())
                    .isEqualTo("\"../gone\" does not exist: an empty folder is mounted"));
  }

  @ParameterizedTest
  @CsvSource({
    "volumes: ['/dev/shm:/dev/shm'], 2147483648",
    "volumes: [{type: bind; source: /dev/shm; target: /dev/shm}], 2147483648",
    "shm_size: 1gb\\nvolumes: ['/dev/shm/:/dev/shm'], 1073741824",
    "volumes: ['/dev/shm:/dev/shm:rw']\\nshm_size: 64m, 67108864"
  })
  void theHostsSharedMemoryIsASizeOfTheContainersOwn(String keys, long bytes) {
    ComposeResult result = ComposeFiles.app(keys.replace("\\n", "\n").replace(';', ',')).read();
    assertThat(result.diagnostics())
        .singleElement()
        .extracting(Diagnostic::severity, Diagnostic::category)
        .containsExactly(Severity.WARNING, Category.NO_EFFECT);
    ServiceConfig app = ComposeFiles.service(result, "app");
    assertThat(app.find(ServiceKey.SHM_SIZE)).contains(bytes);
    assertThat(app.get(ServiceKey.VOLUMES, List.of())).isEmpty();
  }

  @Test
  void theHostsTimeZoneIsLeftOut() {
    ComposeResult result =
        ComposeFiles.app(
                "volumes: ['/etc/localtime:/etc/localtime:ro', '/etc/timezone:/etc/timezone:ro']")
            .read();
    assertThat(result.diagnostics())
        .extracting(Diagnostic::severity)
        .containsExactly(Severity.WARNING, Severity.WARNING);
    assertThat(ComposeFiles.service(result, "app").get(ServiceKey.VOLUMES, List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/dev/shm:/data", "/etc/localtime:/tz", "/dev/shm/x:/dev/shm"})
  void otherUsesOfTheseFoldersReachIntoTheHost(String mount) {
    assertThat(ComposeFiles.app("volumes: ['%s']".formatted(mount)).read().diagnostics())
        .extracting(Diagnostic::category)
        .containsExactly(Category.HOST_ACCESS);
  }

  @ParameterizedTest
  @MethodSource("warned")
  void aKeyWithoutEffectIsWarnedAbout(ServiceKeyRow row) {
    assertThat(ComposeFiles.app(row.name() + ": 1").read().diagnostics())
        .singleElement()
        .satisfies(
            diagnostic -> {
              assertThat(diagnostic.severity()).isEqualTo(Severity.WARNING);
              assertThat(diagnostic.category()).isEqualTo(Category.NO_EFFECT);
              assertThat(diagnostic.message()).contains(row.remark());
            });
  }

  @ParameterizedTest
  @MethodSource("ignored")
  void aKeyThatDoesNotMatterIsNoted(ServiceKeyRow row) {
    assertThat(ComposeFiles.app(row.name() + ": 1").read().diagnostics())
        .extracting(Diagnostic::severity)
        .containsExactly(Severity.NOTE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "privileged: true | HOST_ACCESS",
        "network_mode: host | HOST_ACCESS",
        "net: host | HOST_ACCESS",
        "pid: host | HOST_ACCESS",
        "ipc: host | HOST_ACCESS",
        "uts: host | HOST_ACCESS",
        "userns_mode: host | HOST_ACCESS",
        "cgroup: host | HOST_ACCESS",
        "cgroup_parent: x | HOST_ACCESS",
        "devices: [/dev/x] | HOST_ACCESS",
        "device_cgroup_rules: [x] | HOST_ACCESS",
        "gpus: all | HOST_ACCESS",
        "use_api_socket: true | HOST_ACCESS",
        "cap_add: [NET_ADMIN] | HOST_ACCESS",
        "sysctls: {kernel.x: 1} | HOST_ACCESS",
        "volumes: ['/etc:/etc'] | HOST_ACCESS",
        "build: .. | HOST_ACCESS",
        "external_links: [x] | EXTERNAL_RESOURCE",
        "volumes_from: ['container:x'] | EXTERNAL_RESOURCE",
        "network_mode: 'container:x' | EXTERNAL_RESOURCE",
        "models: [x] | EXTERNAL_RESOURCE",
        "provider: {type: x} | EXTERNAL_RESOURCE",
        "env_file: gone.env | MISSING_FILE",
        "ports: ['80:80:80'] | INVALID",
        "volumes: ['data:/d'] | INVALID",
        "networks: [other] | INVALID",
        "depends_on: [other] | INVALID",
        "depends_on: [app] | INVALID",
        "restart: {} | INVALID",
      })
  void whatCannotBeIsRefusedWithItsReason(String keys, Category category) {
    assertThat(ComposeFiles.app(keys).read().diagnostics())
        .filteredOn(Diagnostic::refuses)
        .singleElement()
        .satisfies(diagnostic -> assertThat(diagnostic.category()).isEqualTo(category));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "privileged: false",
        "network_mode: bridge",
        "cap_add: [CHOWN, net_bind_service, CAP_KILL, SYS_PTRACE]",
        "sysctls: [net.ipv4.ip_forward=1]",
        "volumes: ['./gone:/g:ro,z']",
        "volumes: [/anonymous]",
        "devices: []",
        "build: https://example.com/x.git#main",
        "env_file: {path: gone.env, required: false}",
        "env_file: [{path: gone.env, required: false}]",
        "ports: [80, '127.0.0.1::81', '0:82', '9000-9001:83', '[::1]:84:84', '53/udp']",
        "ports:",
        "depends_on: {other: {condition: service_started, required: false}}",
        "x-anything: {a: [1]}",
        "user: 1000",
        "extra_hosts: ['host.docker.internal:host-gateway']",
        "healthcheck: {test: [NONE]}",
        "deploy: {mode: global, placement: {constraints: [x]}}",
      })
  void whatCanBeIsNotRefused(String keys) {
    List<String> refusals = ComposeFiles.refusals(ComposeFiles.app(keys).read());
    if (keys.startsWith("env_file: {")) {
      assertThat(refusals).hasSize(1);
    } else {
      assertThat(refusals).isEmpty();
    }
  }
}
