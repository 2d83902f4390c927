package dev.audition.core.image;

import static dev.audition.core.image.PortSetting.NONE;

import java.util.List;

/** Rows of the catalogue: brokers, search engines and stores of objects and settings. */
final class WellKnownBrokers {
  // With security on, the answer is 401 or 403, over TLS from version 8 on; an answer it is.
  private static final String SEARCH_HEALTH =
      "path='127.0.0.1:{port}/_cluster/health?wait_for_status=yellow&timeout=1s';"
          + " for scheme in http https; do"
          + " curl -s -k -o /dev/null -w '%{http_code}' \"$scheme://$path\""
          + " | grep -q -e 200 -e 401 -e 403 && exit 0; done; exit 1";

  // RabbitMQ opens this port last; its own diagnostics start an Erlang node for every question.
  private static final HealthCommand RABBITMQ_DIALLED =
      HealthCommand.program(180, "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/{port}");

  private static final PortSetting SEARCH_PORT =
      PortSetting.of(
          List.of("-Ehttp.port", "http.port="), List.of("http.port"), "environment: http.port: N");

  static final List<WellKnownImage> ROWS =
      List.of(
          new WellKnownImage(
              "rabbitmq",
              List.of("rabbitmq", "bitnami/rabbitmq", "bitnamilegacy/rabbitmq"),
              List.of(5672),
              512,
              List.of("rabbitmq-server", "run.sh"),
              RABBITMQ_DIALLED,
              PortSetting.of(
                  List.of(),
                  List.of("RABBITMQ_NODE_PORT", "RABBITMQ_NODE_PORT_NUMBER"),
                  "environment: RABBITMQ_NODE_PORT: N")),
          kafka("apache/kafka", List.of("apache/kafka", "apache/kafka-native")),
          kafka("kafka", List.of("bitnami/kafka", "bitnamilegacy/kafka", "wurstmeister/kafka")),
          kafka("cp-kafka", List.of("confluentinc/cp-kafka", "confluentinc/confluent-local")),
          kafka("debezium-kafka", List.of("debezium/kafka", "quay.io/debezium/kafka")),
          plain(
              "redpanda",
              List.of(
                  "redpandadata/redpanda",
                  "vectorized/redpanda",
                  "docker.redpanda.com/redpandadata/redpanda"),
              1024,
              List.of(9092)),
          new WellKnownImage(
              "zookeeper",
              List.of(
                  "zookeeper",
                  "bitnami/zookeeper",
                  "bitnamilegacy/zookeeper",
                  "confluentinc/cp-zookeeper",
                  "wurstmeister/zookeeper",
                  "quay.io/debezium/zookeeper"),
              List.of(2181),
              512,
              List.of("zkServer.sh", "run.sh"),
              null,
              PortSetting.of(
                  List.of(),
                  List.of("ZOO_PORT_NUMBER", "ZOOKEEPER_CLIENT_PORT"),
                  "environment: ZOOKEEPER_CLIENT_PORT: N")),
          new WellKnownImage(
              "elasticsearch",
              List.of(
                  "elasticsearch",
                  "docker.elastic.co/elasticsearch/elasticsearch",
                  "docker.elastic.co/elasticsearch/elasticsearch-oss"),
              List.of(9200, 9300),
              2048,
              List.of("elasticsearch", "eswrapper"),
              HealthCommand.shell(240, SEARCH_HEALTH),
              SEARCH_PORT),
          new WellKnownImage(
              "opensearch",
              List.of("opensearchproject/opensearch"),
              List.of(9200, 9300),
              2048,
              List.of("opensearch", "opensearch-docker-entrypoint.sh"),
              HealthCommand.shell(240, SEARCH_HEALTH),
              SEARCH_PORT),
          new WellKnownImage(
              "minio",
              List.of("minio/minio", "quay.io/minio/minio", "bitnami/minio"),
              List.of(9000),
              512,
              List.of("server", "minio"),
              null,
              PortSetting.of(
                  List.of("--address"), List.of(), "command: server --address :N /data")),
          new WellKnownImage(
              "nats",
              List.of("nats", "nats-streaming"),
              List.of(4222),
              128,
              List.of("nats-server"),
              null,
              PortSetting.of(List.of("-p", "--port"), List.of(), "command: --port N")),
          plain(
              "activemq",
              List.of("apache/activemq-classic", "rmohr/activemq"),
              1024,
              List.of(61616)),
          plain("artemis", List.of("apache/activemq-artemis"), 1024, List.of(61616)),
          plain("mosquitto", List.of("eclipse-mosquitto"), 128, List.of(1883)),
          new WellKnownImage(
              "pulsar",
              List.of("apachepulsar/pulsar"),
              List.of(6650, 8080),
              2048,
              List.of("pulsar"),
              null,
              NONE),
          plain(
              "elasticmq",
              List.of("softwaremill/elasticmq", "softwaremill/elasticmq-native"),
              256,
              List.of(9324)),
          new WellKnownImage(
              "etcd",
              List.of("quay.io/coreos/etcd", "gcr.io/etcd-development/etcd", "bitnami/etcd"),
              List.of(2379, 2380),
              256,
              List.of("etcd", "run.sh"),
              null,
              PortSetting.of(
                  List.of("--listen-client-urls"), List.of("ETCD_LISTEN_CLIENT_URLS"), "")),
          new WellKnownImage(
              "consul",
              List.of("consul", "hashicorp/consul"),
              List.of(8500),
              256,
              List.of("agent", "consul"),
              null,
              PortSetting.of(List.of("-http-port"), List.of(), "command: agent -http-port=N")),
          new WellKnownImage(
              "vault",
              List.of("vault", "hashicorp/vault"),
              List.of(8200),
              256,
              List.of("server", "vault"),
              null,
              PortSetting.of(
                  List.of("-dev-listen-address"),
                  List.of("VAULT_DEV_LISTEN_ADDRESS"),
                  "environment: VAULT_DEV_LISTEN_ADDRESS: 0.0.0.0:N")));

  private WellKnownBrokers() {}

  // Where a broker listens is its owner's choice: a check of ours on 9092 could fail for ever.
  private static WellKnownImage kafka(String name, List<String> repositories) {
    return new WellKnownImage(
        name,
        repositories,
        List.of(9092),
        1024,
        List.of("run", "run.sh", "kafka-server-start.sh", "start-kafka.sh"),
        null,
        PortSetting.of(
            List.of(),
            List.of("KAFKA_LISTENERS", "KAFKA_CFG_LISTENERS", "KAFKA_ADVERTISED_LISTENERS"),
            "environment: KAFKA_LISTENERS: PLAINTEXT://:N"));
  }

  private static WellKnownImage plain(
      String name, List<String> repositories, int memoryMiB, List<Integer> ports) {
    return new WellKnownImage(name, repositories, ports, memoryMiB, List.of(), null, NONE);
  }
}
