package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rights and limits: capabilities, ulimits, sysctls, tmpfs, restart, scale. */
final class LimitSyntax {
  /** What containers may do without being asked; Docker's default set. */
  private static final Set<String> DEFAULT_CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "NET_RAW",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  /** The one capability that Fargate adds. */
  private static final String PTRACE = "SYS_PTRACE";

  private LimitSyntax() {}

  /** Read {@code cap_add}: what is there by default is left out, what reaches the host refused. */
  static List<String> capAdd(Field field) {
    List<String> added = new ArrayList<>();
    for (Field item : field.itemsOrOne("a list of capabilities")) {
      String capability = capability(item);
      if (capability == null || DEFAULT_CAPABILITIES.contains(capability)) {
        continue;
      }
      if (capability.equals(PTRACE)) {
        added.add(capability);
      } else {
        item.refuse(
            Category.HOST_ACCESS,
            "the capability %s reaches into the host".formatted(capability),
            "Only SYS_PTRACE can be added to the default ones.");
      }
    }
    return added;
  }

  /** Read {@code cap_drop}. */
  static List<String> capDrop(Field field) {
    List<String> dropped = new ArrayList<>();
    for (Field item : field.itemsOrOne("a list of capabilities")) {
      String capability = capability(item);
      if (capability != null && Capabilities.KNOWN.contains(capability)) {
        dropped.add(capability);
      } else if (capability != null) {
        item.invalid(
            "\"%s\" is no capability of Linux".formatted(item.text()),
            Nearest.remedy(capability, Capabilities.KNOWN));
      }
    }
    return dropped;
  }

  private static @Nullable String capability(Field item) {
    String text = item.text("a capability");
    return text == null ? null : text.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
  }

  /** Read {@code ulimits}. */
  static SequencedMap<String, Ulimit> ulimits(Field field) {
    SequencedMap<String, Ulimit> limits = new LinkedHashMap<>();
    for (Field entry : field.entries("a mapping of limits")) {
      Ulimit limit = entry.isMapping() ? softAndHard(entry) : both(entry.integer());
      if (limit != null && isPossible(entry, limit)) {
        limits.put(entry.key(), limit);
      }
    }
    return limits;
  }

  private static boolean isPossible(Field entry, Ulimit limit) {
    if (limit.soft() < -1 || limit.hard() < -1) {
      entry.invalid("a limit is a number, or -1 for none", "");
      return false;
    }
    long hard = limit.hard() < 0 ? Long.MAX_VALUE : limit.hard();
    if (limit.soft() > hard || (limit.soft() < 0 && limit.hard() >= 0)) {
      entry.invalid(
          "the soft limit of %s, %d, exceeds the hard one, %d"
              .formatted(entry.key(), limit.soft(), limit.hard()),
          "Lower soft, or raise hard.");
      return false;
    }
    return true;
  }

  private static @Nullable Ulimit both(@Nullable Long limit) {
    return limit == null ? null : new Ulimit(limit, limit);
  }

  private static @Nullable Ulimit softAndHard(Field entry) {
    entry.onlyKeys("key of a ulimit", Set.of("soft", "hard"));
    Field soft = entry.find("soft");
    Field hard = entry.find("hard");
    if (soft == null || hard == null) {
      entry.invalid("the compose specification wants soft and hard of a ulimit", "");
      return null;
    }
    Long softLimit = soft.integer();
    Long hardLimit = hard.integer();
    return softLimit == null || hardLimit == null ? null : new Ulimit(softLimit, hardLimit);
  }

  /** Read {@code sysctls}: those of the network belong to the container, others to the host. */
  static SequencedMap<String, String> sysctls(Field field) {
    SequencedMap<String, String> sysctls = new LinkedHashMap<>();
    field
        .keyed()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("net.")) {
                value.refuse(
                    Category.HOST_ACCESS,
                    "the kernel setting %s belongs to the host".formatted(name),
                    "Only settings that begin with net. can be set.");
                return;
              }
              String text = value.text("a value");
              if (text != null) {
                sysctls.put(name, text);
              }
            });
    return sysctls;
  }

  /** Read {@code tmpfs}. */
  static List<TmpfsMount> tmpfs(Field field) {
    List<TmpfsMount> mounts = new ArrayList<>();
    for (Field item : field.itemsOrOne("a path or a list of paths")) {
      String text = item.text("a path");
      if (text == null) {
        continue;
      }
      int colon = text.indexOf(':');
      String target = colon < 0 ? text : text.substring(0, colon);
      if (!target.startsWith("/")) {
        item.invalid(
            "\"%s\" is not a tmpfs (expected: an absolute path[:options])".formatted(text), "");
      } else {
        mounts.add(
            new TmpfsMount(
                Paths.normalise(target),
                colon < 0 ? List.of() : List.of(text.substring(colon + 1).split(","))));
      }
    }
    return mounts;
  }

  /** Read {@code restart}. */
  static @Nullable String restart(Field field) {
    String text = field.text("no, always, on-failure[:n] or unless-stopped");
    if (text == null) {
      return null;
    }
    return switch (text) {
      // YAML 1.1 readers make false of an unquoted no
      case "no", "false", "" -> "no";
      case "always", "unless-stopped", "on-failure" -> text;
      case String other when other.matches("on-failure:\\d{1,6}") -> other;
      default -> {
        field.wrongType("no, always, on-failure[:n] or unless-stopped");
        yield null;
      }
    };
  }

  /** Read a number of containers. */
  static @Nullable Integer scale(Field field) {
    Long scale = field.integer();
    if (scale != null && (scale < 0 || scale > 10_000)) {
      field.wrongType("a number of containers");
      return null;
    }
    return scale == null ? null : scale.intValue();
  }
}
