package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;

/** Reads {@code network_mode} and keys of the formats before it. */
final class LegacySyntax {
  private LegacySyntax() {}

  /** Read {@code network_mode}, or {@code net} as format 1 called it. */
  static ServiceConfig networkMode(Field field, ServiceConfig service, Reading reading) {
    String mode = field.text();
    if (mode == null || mode.isEmpty()) {
      return service;
    }
    if (mode.equals("host")) {
      field.refuse(
          Category.HOST_ACCESS,
          "%s: host means the network of the host".formatted(field.key()),
          "Remove it; services reach one another by name.");
      return service;
    }
    if (mode.startsWith("container:")) {
      field.refuse(
          Category.EXTERNAL_RESOURCE,
          "\"%s\" is a container that somebody else made".formatted(mode),
          "Run it as a service.");
      return service;
    }
    if (mode.equals("none")) {
      field.noEffect("all containers share one network, also those that want none", "");
    }
    return service.with(ServiceKey.NETWORK_MODE, mode, field.keyLocation());
  }

  /** Read {@code dockerfile} beside {@code build}, as format 1 has it. */
  static ServiceConfig dockerfile(Field field, ServiceConfig service) {
    String dockerfile = field.text("a path");
    BuildConfig build = service.find(ServiceKey.BUILD).orElse(null);
    if (dockerfile == null || build == null) {
      return service;
    }
    return service.with(
        ServiceKey.BUILD,
        new BuildConfig(
            build.context(),
            dockerfile,
            build.dockerfileInline(),
            build.arguments(),
            build.target(),
            build.location()),
        service.locationOf(ServiceKey.BUILD));
  }
}
