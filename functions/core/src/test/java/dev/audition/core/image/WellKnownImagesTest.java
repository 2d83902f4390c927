package dev.audition.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WellKnownImagesTest {
  @ParameterizedTest
  @CsvSource({
    "postgres:16, 5432",
    "postgis/postgis:16-3.4, 5432",
    "mysql:8, 3306",
    "mariadb:11, 3306",
    "redis:7-alpine, 6379",
    "valkey/valkey:8, 6379",
    "mongo:7, 27017",
    "rabbitmq:3-management, 5672",
    "docker.io/bitnamilegacy/kafka:3.7, 9092",
    "zookeeper, 2181",
    "docker.elastic.co/elasticsearch/elasticsearch:8.14.0, 9200",
    "opensearchproject/opensearch:2, 9200",
    "minio/minio, 9000",
    "memcached, 11211",
    "nats:2, 4222",
    "localstack/localstack:4.14.0, 4566",
    "wiremock/wiremock:3.9.1, 8080",
    "mailhog/mailhog, 8025",
    "selenium/standalone-chrome:4, 4444",
  })
  void knowsThePortOfEveryImageThatTestsUseMost(String reference, int port) {
    assertThat(WellKnownImages.find(reference).orElseThrow().ports()).contains(port);
  }

  @Test
  void doesNotTakeSomebodysImageForAnOfficialOne() {
    assertThat(WellKnownImages.find("acme/postgres:16")).isEmpty();
    assertThat(WellKnownImages.find("ghcr.io/acme/redis")).isEmpty();
    assertThat(WellKnownImages.find("Not An Image")).isEmpty();
  }

  @Test
  void noNameStandsInTwoRows() {
    List<String> names = new ArrayList<>();
    WellKnownImages.all().forEach(image -> names.addAll(image.repositories()));

    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void checksTalkToTheLoopbackAddressOverTcp() {
    for (WellKnownImage image : WellKnownImages.all()) {
      HealthCommand check = image.check();
      if (check != null && !image.name().equals("oracle")) {
        assertThat(String.join(" ", check.forPort(4711)))
            .as(image.name())
            .contains("127.0.0.1")
            .contains("4711")
            .doesNotContain("{port}");
      }
    }
  }

  @Test
  void checksStartWithCmdOrCmdShellAndGiveUpAfterTenMinutesAtMost() {
    for (WellKnownImage image : WellKnownImages.all()) {
      HealthCommand check = image.check();
      if (check != null) {
        assertThat(check.command().getFirst()).as(image.name()).isIn("CMD", "CMD-SHELL");
        assertThat(check.seconds()).as(image.name()).isBetween(60, 600);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "redis    | -      | -                                  | true",
        "redis    | -      | --appendonly yes                   | true",
        "redis    | -      | redis-server --port 6380           | true",
        "redis    | -      | /usr/local/bin/redis-server        | true",
        "redis    | -      | docker-entrypoint.sh redis-server  | true",
        "redis    | -      | redis-cli -h redis ping            | false",
        "redis    | -      | sleep 5                            | false",
        "redis    | redis-cli | ping                            | false",
        "redis    | redis-server | -                            | true",
        "redis    | docker-entrypoint.sh | -                    | false",
        "postgres | -      | postgres -c fsync=off              | true",
        "postgres | -      | psql -U postgres                   | false",
        "postgres | -      | pg_dump                            | false",
      })
  void aServerIsToldFromAClientOfTheSameImage(
      String image, String entrypoint, String command, boolean server) {
    WellKnownImage known = WellKnownImages.find(image).orElseThrow();

    assertThat(known.runsServer(words(entrypoint), words(command))).isEqualTo(server);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exec redis-server --requirepass x | true",
        "echo hello && redis-server        | true",
        "redis-server & sleep 1            | true",
        "/usr/local/bin/redis-server; true | true",
        "docker-entrypoint.sh redis-server | true",
        "until redis-cli ping; do :; done  | false",
        "echo redis-server                 | false",
      })
  void aServerIsFoundInALineOfShell(String line, boolean server) {
    WellKnownImage redis = WellKnownImages.find("redis").orElseThrow();

    assertThat(redis.runsServer(null, List.of("sh", "-c", line))).isEqualTo(server);
    assertThat(redis.runsServer(List.of("/bin/sh", "-c"), List.of(line))).isEqualTo(server);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, -p 5433, 5433",
    "postgres, postgres -p5433, 5433",
    "postgres, postgres -c port=5433, 5433",
    "mysql, --port=3307, 3307",
    "redis, redis-server --port 6380, 6380",
    "redis, redis-server --port 0, 0",
    "elasticsearch, elasticsearch -Ehttp.port=9201, 9201",
    "prom/prometheus, --web.listen-address=:9191, 9191",
  })
  void optionsMoveThePort(String image, String command, int port) {
    PortSetting setting = WellKnownImages.find(image).orElseThrow().setting();

    assertThat(setting.find(List.of(command.split(" ")), Map.of())).hasValue(port);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres              | PGPORT             | 5433                            | 5433",
        "localstack/localstack | GATEWAY_LISTEN     | 0.0.0.0:4567,0.0.0.0:443        | 4567",
        "elasticsearch         | http.port          | 9201                            | 9201",
        "apache/kafka          | KAFKA_LISTENERS    | INTERNAL://:29092,PUBLIC://:9092 | 29092",
      })
  void variablesMoveThePort(String image, String variable, String value, int port) {
    PortSetting setting = WellKnownImages.find(image).orElseThrow().setting();

    assertThat(setting.find(List.of(), Map.of(variable, value))).hasValue(port);
  }

  @Test
  void whatIsNotANumberMovesNothing() {
    PortSetting setting = WellKnownImages.find("postgres").orElseThrow().setting();

    assertThat(setting.find(List.of("-p", "many"), Map.of())).isEmpty();
    assertThat(setting.find(List.of("-p"), Map.of())).isEmpty();
    assertThat(setting.find(List.of(), Map.of("PGPORT", "99999"))).isEmpty();
  }

  @Test
  void adviceNamesThePortToSet() {
    assertThat(WellKnownImages.find("postgres").orElseThrow().setting().advice(5433))
        .isEqualTo("command: postgres -p 5433");
  }

  private static @Nullable List<String> words(@Nullable String text) {
    return text == null ? null : List.of(text.split(" "));
  }
}
