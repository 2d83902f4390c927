package dev.audition.core.compose;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of Linux capabilities, without {@code CAP_}. */
public final class Capabilities {
  /** Those that the ECS API takes. */
  public static final Set<String> ECS =
      Set.of(
          "ALL",
          "AUDIT_CONTROL",
          "AUDIT_WRITE",
          "BLOCK_SUSPEND",
          "CHOWN",
          "DAC_OVERRIDE",
          "DAC_READ_SEARCH",
          "FOWNER",
          "FSETID",
          "IPC_LOCK",
          "IPC_OWNER",
          "KILL",
          "LEASE",
          "LINUX_IMMUTABLE",
          "MAC_ADMIN",
          "MAC_OVERRIDE",
          "MKNOD",
          "NET_ADMIN",
          "NET_BIND_SERVICE",
          "NET_BROADCAST",
          "NET_RAW",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_ADMIN",
          "SYS_BOOT",
          "SYS_CHROOT",
          "SYS_MODULE",
          "SYS_NICE",
          "SYS_PACCT",
          "SYS_PTRACE",
          "SYS_RAWIO",
          "SYS_RESOURCE",
          "SYS_TIME",
          "SYS_TTY_CONFIG",
          "SYSLOG",
          "WAKE_ALARM");

  /** All there are; those that ECS does not know no container has by default. */
  static final Set<String> KNOWN =
      Stream.concat(ECS.stream(), List.of("BPF", "CHECKPOINT_RESTORE", "PERFMON").stream())
          .collect(Collectors.toUnmodifiableSet());

  private Capabilities() {}
}
