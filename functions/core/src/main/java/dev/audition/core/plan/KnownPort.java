package dev.audition.core.plan;

/**
 * A TCP port a service is said to listen on.
 *
 * @param origin who says so
 * @param evidence for the user, such as {@code ports in compose.yml:8:9}
 */
public record KnownPort(int port, Origin origin, String evidence) {
  /** Who says that a service listens on a port. */
  public enum Origin {
    PORTS,
    EXPOSE,
    IMAGE,
    CATALOGUE,
    /** Another container's text names {@code <service>:<port>}. */
    NAMED_BY_OTHERS
  }
}
