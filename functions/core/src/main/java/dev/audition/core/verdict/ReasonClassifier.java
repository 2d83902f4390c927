package dev.audition.core.verdict;

import java.util.List;
import java.util.Locale;

/**
 * Reads the reasons that ECS and container engines give, by their words.
 *
 * <p>There are no codes for them: the words are those of the engine, the registries and the ECS
 * agent. The rows are tried in order, so the narrow ones stand first: Docker Hub's rate limit says
 * "unauthenticated" too, and a socket that may not be opened says "permission denied".
 */
public final class ReasonClassifier {
  /**
   * One reading.
   *
   * @param error the error's name in front of the first colon; empty for any
   * @param words any of these must be in it; none for the name alone; lower case
   */
  private record Row(String error, ReasonKind kind, List<String> words) {
    boolean fits(String reason) {
      return reason.startsWith(error)
          && (words.isEmpty() || words.stream().anyMatch(reason::contains));
    }
  }

  private static final String PULL = "cannotpull";
  private static final String CREATE = "cannotcreate";
  private static final String START = "cannotstart";

  private static final List<Row> ROWS =
      List.of(
          row("outofmemory", ReasonKind.OUT_OF_MEMORY),
          row("", ReasonKind.OUT_OF_MEMORY, "oomkilled", "oom-killed"),
          row("", ReasonKind.DEPENDENCY_FAILED, "dependency graph"),
          row(
              "",
              ReasonKind.ENGINE_UNREACHABLE,
              "docker daemon socket",
              "cannot connect to the docker daemon",
              "is the docker daemon running"),
          row(
              "",
              ReasonKind.REGISTRY_BUSY,
              "toomanyrequests",
              "too many requests",
              "pull rate limit",
              "rate exceeded"),
          row(
              "",
              ReasonKind.CAPACITY,
              "capacity is unavailable",
              "limit on the number of vcpus",
              "resource:cpu",
              "resource:memory"),
          row("", ReasonKind.NETWORK_INTERFACE, "network interface provisioning", "resource:eni"),
          row("", ReasonKind.HOST_LOST, "spot task was interrupted", "host is gone"),
          row("", ReasonKind.DISK_FULL, "no space left on device"),
          row("", ReasonKind.CERTIFICATE, "x509:", "certificate signed by", "certificate has"),
          row(
              "",
              ReasonKind.WRONG_ARCHITECTURE,
              "no matching manifest",
              "exec format error",
              "does not provide the specified platform",
              "does not match the specified platform"),
          row(PULL, ReasonKind.REGISTRY_UNREACHABLE, "i/o timeout", "connection", "timeout"),
          row(PULL, ReasonKind.REGISTRY_UNREACHABLE, "timed out", "deadline exceeded"),
          row(PULL, ReasonKind.REGISTRY_UNREACHABLE, "no such host", "name resolution"),
          row(PULL, ReasonKind.REGISTRY_UNREACHABLE, "unexpected eof", ": eof", "500 internal"),
          row(PULL, ReasonKind.REGISTRY_UNREACHABLE, "502 bad", "503 service", "504 gateway"),
          row(PULL, ReasonKind.REGISTRY_UNREACHABLE, "service unavailable", "network is unreach"),
          row(PULL, ReasonKind.IMAGE_DENIED, "denied", "unauthorized", "not authorized"),
          row(PULL, ReasonKind.IMAGE_DENIED, "no basic auth credentials", "forbidden"),
          row(PULL, ReasonKind.IMAGE_MISSING, "not found", "manifest unknown", "name unknown"),
          row(PULL, ReasonKind.IMAGE_MISSING, "no such image", "invalid reference", "not exist"),
          row(PULL, ReasonKind.REGISTRY_UNREACHABLE),
          row(CREATE, ReasonKind.IMAGE_MISSING, "no such image"),
          row(START, ReasonKind.PORT_IN_USE, "address already in use", "port is already"),
          row(
              START,
              ReasonKind.MOUNT_MISTAKEN,
              "mount a directory onto a file",
              "not a directory",
              "error mounting"),
          row(
              START,
              ReasonKind.COMMAND_MISSING,
              "executable file not found",
              "no such file or directory",
              "permission denied",
              "is a directory"),
          row(CREATE, ReasonKind.COMMAND_MISSING, "no command specified"),
          row(CREATE, ReasonKind.SETTING_REFUSED),
          row(START, ReasonKind.SETTING_REFUSED),
          row("resourceinitializationerror", ReasonKind.NETWORK_INTERFACE, "i/o timeout"),
          row(
              "resourceinitializationerror",
              ReasonKind.RESOURCE_DENIED,
              "accessdenied",
              "not authorized",
              "nosuchkey",
              "resourcenotfound",
              "no such bucket"),
          row("resourceinitializationerror", ReasonKind.RESOURCE_INITIALIZATION));

  private ReasonClassifier() {}

  /** Say what a reason comes down to. */
  public static ReasonKind classify(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return ROWS.stream()
        .filter(row -> row.fits(lower))
        .map(Row::kind)
        .findFirst()
        .orElse(ReasonKind.UNKNOWN);
  }

  /**
   * Return whether these words mean that the container never ran, whatever exit code stands beside
   * them: the ECS agent writes 143 for a container whose dependency failed.
   */
  public static boolean meansNeverStarted(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.startsWith(PULL)
        || lower.startsWith(CREATE)
        || lower.startsWith(START)
        || lower.startsWith("resourceinitializationerror");
  }

  private static Row row(String error, ReasonKind kind, String... words) {
    return new Row(error, kind, List.of(words));
  }
}
