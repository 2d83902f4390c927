package dev.audition.local.docker;

/**
 * An image reference, taken apart as the {@code docker} command does.
 *
 * @param registry host and port, {@code docker.io} where none is written
 * @param repository as the engine takes it: with the registry if one is written
 * @param tag a tag, or a digest such as {@code sha256:...}; {@code latest} where none is written
 */
record ImageReference(String registry, String repository, String tag) {
  /** Where images without a registry come from. */
  static final String DOCKER_HUB = "docker.io";

  /** Take a reference apart; whether it is well formed is for the engine to say. */
  static ImageReference of(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    int colon = name.lastIndexOf(':');
    boolean tagged = colon > name.lastIndexOf('/');
    String repository = tagged ? name.substring(0, colon) : name;
    String tag = at >= 0 ? text.substring(at + 1) : tagged ? name.substring(colon + 1) : "latest";
    return new ImageReference(registryOf(repository), repository, tag);
  }

  /** The first part is a registry if it has a dot or a port, or is {@code localhost}. */
  private static String registryOf(String repository) {
    int slash = repository.indexOf('/');
    if (slash < 0) {
      return DOCKER_HUB;
    }
    String first = repository.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    return !host || first.equals("index.docker.io") ? DOCKER_HUB : first;
  }
}
