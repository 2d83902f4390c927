package dev.audition.core.image;

import static dev.audition.core.image.PortSetting.NONE;

import java.util.List;

/** Rows of the catalogue: databases and caches. */
final class WellKnownDatabases {
  // mysqladmin says "alive" even where it is denied access; newer MariaDB images only have the
  // second name.
  private static final String MYSQL_PING =
      "if command -v mysqladmin >/dev/null 2>&1; then mysqladmin ping -h 127.0.0.1 -P {port};"
          + " else mariadb-admin ping -h 127.0.0.1 -P {port}; fi";

  // While it sets up users, the official image runs a server on the same address and port; the
  // file with its process id tells the two apart.
  private static final String MONGO_PING =
      "first=\"${TMPDIR:-/tmp}/docker-entrypoint-temp-mongod.pid\";"
          + " test ! -e \"$first\" || exit 1;"
          + " if command -v mongosh >/dev/null 2>&1; then shell=mongosh; else shell=mongo; fi;"
          + " $shell --quiet --host 127.0.0.1 --port {port} --eval 'db.adminCommand(\"ping\").ok'"
          + " >/dev/null && test ! -e \"$first\"";

  // A server with a password answers NOAUTH, which is an answer.
  private static final String REDIS_PING =
      "redis-cli -h 127.0.0.1 -p {port} ping 2>&1 | grep -q -e PONG -e NOAUTH";
  private static final String VALKEY_PING =
      "valkey-cli -h 127.0.0.1 -p {port} ping 2>&1 | grep -q -e PONG -e NOAUTH";

  static final List<WellKnownImage> ROWS =
      List.of(
          new WellKnownImage(
              "postgres",
              List.of(
                  "postgres",
                  "postgis/postgis",
                  "pgvector/pgvector",
                  "ankane/pgvector",
                  "timescale/timescaledb",
                  "citusdata/citus",
                  "supabase/postgres",
                  "debezium/postgres",
                  "debezium/example-postgres",
                  "quay.io/debezium/postgres",
                  "quay.io/debezium/example-postgres",
                  "cimg/postgres",
                  "circleci/postgres"),
              List.of(5432),
              256,
              List.of("postgres"),
              HealthCommand.shell(
                  120,
                  "pg_isready -q -h 127.0.0.1 -p {port} -U \"${POSTGRES_USER:-postgres}\""
                      + " -d \"${POSTGRES_DB:-${POSTGRES_USER:-postgres}}\""),
              PortSetting.of(
                  List.of("-p", "--port", "port="), List.of("PGPORT"), "command: postgres -p N")),
          new WellKnownImage(
              "postgresql",
              List.of("bitnami/postgresql", "bitnamilegacy/postgresql"),
              List.of(5432),
              256,
              List.of("run.sh"),
              HealthCommand.program(120, "pg_isready", "-q", "-h", "127.0.0.1", "-p", "{port}"),
              PortSetting.of(
                  List.of(),
                  List.of("POSTGRESQL_PORT_NUMBER"),
                  "environment: POSTGRESQL_PORT_NUMBER: N")),
          new WellKnownImage(
              "mysql",
              List.of("mysql", "mysql/mysql-server", "percona", "percona/percona-server"),
              List.of(3306),
              768,
              List.of("mysqld", "mysqld_safe"),
              HealthCommand.shell(180, MYSQL_PING),
              PortSetting.of(
                  List.of("-P", "--port"), List.of("MYSQL_TCP_PORT"), "command: --port=N")),
          new WellKnownImage(
              "mariadb",
              List.of("mariadb", "linuxserver/mariadb"),
              List.of(3306),
              512,
              List.of("mariadbd", "mysqld", "mariadbd-safe", "mysqld_safe"),
              HealthCommand.shell(180, MYSQL_PING),
              PortSetting.of(
                  List.of("-P", "--port"), List.of("MYSQL_TCP_PORT"), "command: --port=N")),
          new WellKnownImage(
              "redis",
              List.of(
                  "redis",
                  "redislabs/redismod",
                  "redis/redis-stack-server",
                  "bitnami/redis",
                  "bitnamilegacy/redis"),
              List.of(6379),
              128,
              List.of("redis-server", "run.sh"),
              HealthCommand.shell(60, REDIS_PING),
              PortSetting.of(
                  List.of("--port"),
                  List.of("REDIS_PORT_NUMBER"),
                  "command: redis-server --port N")),
          new WellKnownImage(
              "redis-stack",
              List.of("redis/redis-stack"),
              List.of(6379, 8001),
              256,
              List.of("redis-stack-server"),
              HealthCommand.shell(60, REDIS_PING),
              NONE),
          new WellKnownImage(
              "valkey",
              List.of("valkey/valkey", "valkey"),
              List.of(6379),
              128,
              List.of("valkey-server"),
              HealthCommand.shell(60, VALKEY_PING),
              PortSetting.of(List.of("--port"), List.of(), "command: valkey-server --port N")),
          new WellKnownImage(
              "memcached",
              List.of("memcached"),
              List.of(11211),
              128,
              List.of("memcached"),
              null,
              PortSetting.of(List.of("-p", "--port"), List.of(), "command: memcached -p N")),
          new WellKnownImage(
              "mongo",
              List.of("mongo", "circleci/mongo", "quay.io/debezium/example-mongodb"),
              List.of(27017),
              512,
              List.of("mongod"),
              HealthCommand.shell(120, MONGO_PING),
              PortSetting.of(List.of("--port"), List.of(), "command: mongod --port N")),
          ports("cassandra", List.of("cassandra"), 2048, 9042, 7000),
          ports("scylla", List.of("scylladb/scylla"), 1024, 9042),
          ports(
              "clickhouse",
              List.of("clickhouse/clickhouse-server", "yandex/clickhouse-server", "clickhouse"),
              1024,
              8123,
              9000),
          ports("influxdb", List.of("influxdb"), 512, 8086),
          ports("neo4j", List.of("neo4j"), 1024, 7687, 7474),
          ports("couchdb", List.of("couchdb"), 512, 5984),
          ports("couchbase", List.of("couchbase"), 2048, 8091),
          ports("cockroach", List.of("cockroachdb/cockroach"), 1024),
          ports("arangodb", List.of("arangodb"), 1024, 8529),
          ports("mssql", List.of("mcr.microsoft.com/mssql/server"), 2048, 1433),
          new WellKnownImage(
              "oracle",
              List.of("gvenzl/oracle-free", "gvenzl/oracle-xe"),
              List.of(1521),
              3072,
              List.of(),
              HealthCommand.program(600, "healthcheck.sh"),
              NONE),
          new WellKnownImage(
              "dynamodb-local",
              List.of(
                  "amazon/dynamodb-local", "public.ecr.aws/aws-dynamodb-local/aws-dynamodb-local"),
              List.of(8000),
              512,
              List.of("java"),
              null,
              PortSetting.of(
                  List.of("-port"), List.of(), "command: -jar DynamoDBLocal.jar -port N")));

  private WellKnownDatabases() {}

  private static WellKnownImage ports(
      String name, List<String> repositories, int memoryMiB, Integer... ports) {
    return new WellKnownImage(name, repositories, List.of(ports), memoryMiB, List.of(), null, NONE);
  }
}
