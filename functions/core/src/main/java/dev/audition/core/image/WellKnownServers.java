package dev.audition.core.image;

import static dev.audition.core.image.PortSetting.NONE;

import java.util.List;

/** Rows of the catalogue: stand-ins for clouds and mail, browsers, web servers, observability. */
final class WellKnownServers {
  private static final String LOCALSTACK_HEALTH =
      "curl -s -f http://127.0.0.1:{port}/_localstack/health"
          + " || curl -s -f http://127.0.0.1:{port}/health";

  // Version 4 serves both paths, version 3 the second one.
  private static final String SELENIUM_READY =
      "(curl -s http://127.0.0.1:{port}/status; curl -s http://127.0.0.1:{port}/wd/hub/status)"
          + " | grep -q '\"ready\": *true'";

  static final List<WellKnownImage> ROWS =
      List.of(
          new WellKnownImage(
              "localstack",
              List.of(
                  "localstack/localstack",
                  "localstack/localstack-pro",
                  "public.ecr.aws/localstack/localstack"),
              List.of(4566),
              1024,
              List.of("docker-entrypoint.sh"),
              HealthCommand.shell(120, LOCALSTACK_HEALTH),
              PortSetting.of(
                  List.of(),
                  List.of("GATEWAY_LISTEN", "EDGE_PORT"),
                  "environment: GATEWAY_LISTEN: 0.0.0.0:N")),
          server(
              "wiremock",
              List.of("wiremock/wiremock", "rodolpheche/wiremock"),
              512,
              List.of(8080),
              PortSetting.of(List.of("--port"), List.of(), "command: --port N")),
          plain("mockserver", List.of("mockserver/mockserver"), 512, 1080),
          plain("mailhog", List.of("mailhog/mailhog"), 128, 1025, 8025),
          plain("mailpit", List.of("axllent/mailpit"), 128, 1025, 8025),
          plain("maildev", List.of("maildev/maildev"), 256, 1025, 1080),
          plain("greenmail", List.of("greenmail/standalone"), 512, 3025, 3143),
          plain("toxiproxy", List.of("ghcr.io/shopify/toxiproxy", "shopify/toxiproxy"), 64, 8474),
          new WellKnownImage(
              "selenium",
              List.of(
                  "selenium/standalone-*",
                  "selenium/hub",
                  "seleniarm/standalone-*",
                  "seleniarm/hub"),
              List.of(4444),
              2048,
              List.of("entry_point.sh"),
              HealthCommand.shell(120, SELENIUM_READY),
              PortSetting.of(List.of(), List.of("SE_OPTS"), "environment: SE_OPTS: --port N")),
          server(
              "nginx",
              List.of("nginx", "bitnami/nginx", "public.ecr.aws/nginx/nginx"),
              128,
              List.of(80),
              PortSetting.inFiles("a configuration file with listen N", "/etc/nginx"),
              "nginx",
              "nginx-debug"),
          server(
              "httpd",
              List.of("httpd"),
              128,
              List.of(80),
              PortSetting.inFiles("a configuration file with Listen N", "/usr/local/apache2/conf"),
              "httpd-foreground",
              "httpd"),
          plain("whoami", List.of("traefik/whoami", "containous/whoami"), 64, 80),
          plain("httpbin", List.of("kennethreitz/httpbin"), 128, 80),
          server(
              "adminer",
              List.of("adminer"),
              128,
              List.of(8080),
              PortSetting.of(List.of(), List.of("ADMINER_PORT"), "")),
          plain("phpmyadmin", List.of("phpmyadmin", "phpmyadmin/phpmyadmin"), 256, 80),
          plain("wordpress", List.of("wordpress"), 256, 80),
          server(
              "keycloak",
              List.of("quay.io/keycloak/keycloak", "keycloak/keycloak", "jboss/keycloak"),
              1024,
              List.of(8080),
              PortSetting.of(
                  List.of("--http-port"), List.of("KC_HTTP_PORT"), "environment: KC_HTTP_PORT: N"),
              "start",
              "start-dev"),
          server(
              "grafana",
              List.of("grafana/grafana", "grafana/grafana-oss"),
              256,
              List.of(3000),
              PortSetting.of(
                  List.of(),
                  List.of("GF_SERVER_HTTP_PORT"),
                  "environment: GF_SERVER_HTTP_PORT: N")),
          server(
              "prometheus",
              List.of("prom/prometheus"),
              512,
              List.of(9090),
              PortSetting.of(
                  List.of("--web.listen-address"), List.of(), "command: --web.listen-address=:N"),
              "prometheus"),
          plain("pushgateway", List.of("prom/pushgateway"), 64, 9091),
          plain("zipkin", List.of("openzipkin/zipkin", "openzipkin/zipkin-slim"), 512, 9411),
          plain("jaeger", List.of("jaegertracing/all-in-one", "jaegertracing/jaeger"), 256, 16686),
          plain("schema-registry", List.of("confluentinc/cp-schema-registry"), 1024, 8081),
          plain("splash", List.of("scrapinghub/splash"), 1024, 8050),
          plain("azurite", List.of("mcr.microsoft.com/azure-storage/azurite"), 256, 10000));

  private WellKnownServers() {}

  private static WellKnownImage server(
      String name,
      List<String> repositories,
      int memoryMiB,
      List<Integer> ports,
      PortSetting setting,
      String... programs) {
    return new WellKnownImage(
        name, repositories, ports, memoryMiB, List.of(programs), null, setting);
  }

  private static WellKnownImage plain(
      String name, List<String> repositories, int memoryMiB, Integer... ports) {
    return new WellKnownImage(name, repositories, List.of(ports), memoryMiB, List.of(), null, NONE);
  }
}
