package dev.audition.core.compose;

import static dev.audition.core.compose.MergeRule.BUILD;
import static dev.audition.core.compose.MergeRule.BY_TARGET;
import static dev.audition.core.compose.MergeRule.DEEP;
import static dev.audition.core.compose.MergeRule.KEYED;
import static dev.audition.core.compose.MergeRule.NAMES;
import static dev.audition.core.compose.MergeRule.PORTS;
import static dev.audition.core.compose.MergeRule.REPLACE;
import static dev.audition.core.compose.MergeRule.UNIQUE;
import static dev.audition.core.compose.RowReaders.emulated;
import static dev.audition.core.compose.RowReaders.hostOnly;
import static dev.audition.core.compose.RowReaders.ignored;
import static dev.audition.core.compose.RowReaders.kept;
import static dev.audition.core.compose.RowReaders.read;
import static dev.audition.core.compose.RowReaders.refused;
import static dev.audition.core.compose.RowReaders.refusing;
import static dev.audition.core.compose.RowReaders.value;
import static dev.audition.core.compose.RowReaders.warned;

import dev.audition.core.diagnostic.Category;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows: one per compose key of a service, those of the current specification and of the formats
 * 1 and 2 before it. Reading, merging, the warnings and the documentation all come from here.
 */
final class ServiceKeys {
  private static final String BOOL = "true, false";
  private static final String CPU = "CPU time is shared as the machine does it; use cpus";

  private static final List<ServiceKeyRow> ROWS =
      List.of(
          ignored("annotations", "mapping, list", KEYED, "nobody reads them here"),
          ignored("attach", BOOL, REPLACE, "every container's output is kept"),
          warned("blkio_config", "mapping", DEEP, "disks are shared as the machine does it"),
          kept(
              "build",
              "folder, URL, mapping",
              BUILD,
              "the folder must be in the workspace; context, dockerfile, dockerfile_inline, args"
                  + " and target are used",
              read(ServiceKey.BUILD, (f, r) -> new BuildSyntax(r).read(f))),
          refusing(
              "cap_add",
              "list",
              UNIQUE,
              "default capabilities and SYS_PTRACE; others reach into the host",
              value(ServiceKey.CAP_ADD, LimitSyntax::capAdd)),
          kept("cap_drop", "list", UNIQUE, "", value(ServiceKey.CAP_DROP, LimitSyntax::capDrop)),
          hostOnly("cgroup", "host, private", "the control groups of the host"),
          refused(
              "cgroup_parent",
              "text",
              REPLACE,
              Category.HOST_ACCESS,
              "control groups belong to the host"),
          kept(
              "command",
              "text, list",
              REPLACE,
              "text is split into words, no shell is run",
              value(ServiceKey.COMMAND, CommandSyntax::read)),
          kept(
              "configs",
              "list of names or mappings",
              BY_TARGET,
              "a file in the container; uid, gid and mode are not set",
              read(ServiceKey.CONFIGS, (f, r) -> r.configs(f))),
          emulated(
              "container_name",
              "text",
              REPLACE,
              "one more name that the others reach it by",
              value(ServiceKey.CONTAINER_NAME, NameSyntax::containerName)),
          warned("cpu_count", "number", REPLACE, CPU),
          warned("cpu_percent", "number", REPLACE, CPU),
          warned("cpu_period", "number", REPLACE, CPU),
          warned("cpu_quota", "number", REPLACE, CPU),
          warned("cpu_rt_period", "number", REPLACE, CPU),
          warned("cpu_rt_runtime", "number", REPLACE, CPU),
          warned("cpu_shares", "number", REPLACE, CPU),
          kept(
              "cpus",
              "number",
              REPLACE,
              "also from deploy.resources.limits.cpus",
              value(ServiceKey.CPUS, Field::decimal)),
          warned("cpuset", "text", REPLACE, CPU),
          warned("credential_spec", "mapping", DEEP, "it is for Windows containers"),
          kept(
              "depends_on",
              "list, mapping",
              NAMES,
              "the short form means healthy where there is a check, started where not",
              value(ServiceKey.DEPENDS_ON, NetworkSyntax::dependsOn)),
          emulated(
              "deploy",
              "mapping",
              DEEP,
              "resources, replicas and restart_policy count as mem_limit, mem_reservation, cpus,"
                  + " scale and restart",
              (f, s, r) -> DeploySyntax.fold(f, s)),
          ignored("develop", "mapping", DEEP, "it is for work on sources, not for tests"),
          refused(
              "device_cgroup_rules",
              "list",
              UNIQUE,
              Category.HOST_ACCESS,
              "devices belong to the host"),
          refused("devices", "list", UNIQUE, Category.HOST_ACCESS, "devices belong to the host"),
          warned(
              "dns",
              "text, list",
              UNIQUE,
              "names are resolved as the machine does it; use extra_hosts"),
          warned(
              "dns_opt",
              "list",
              UNIQUE,
              "names are resolved as the machine does it; use extra_hosts"),
          warned(
              "dns_search",
              "text, list",
              UNIQUE,
              "names are resolved as the machine does it; use extra_hosts"),
          emulated(
              "dockerfile",
              "path (format 1)",
              REPLACE,
              "counts as build.dockerfile",
              (f, s, r) -> LegacySyntax.dockerfile(f, s)),
          kept("domainname", "text", REPLACE, "", value(ServiceKey.DOMAINNAME, Field::text)),
          kept(
              "entrypoint",
              "text, list",
              REPLACE,
              "text is split into words, no shell is run; empty clears the image's",
              value(ServiceKey.ENTRYPOINT, CommandSyntax::read)),
          emulated(
              "env_file",
              "path, list of paths or mappings",
              UNIQUE,
              "its values join environment, which wins",
              RowReaders::envFile),
          kept(
              "environment",
              "mapping, list",
              KEYED,
              "a name without a value passes the caller's variable on",
              read(ServiceKey.ENVIRONMENT, (f, r) -> new EnvironmentSyntax(r).environment(f))),
          kept("expose", "list", UNIQUE, "", read(ServiceKey.EXPOSE, PortSyntax::expose)),
          kept(
              "extends",
              "service, mapping with file and service",
              REPLACE,
              "worked out before anything else",
              (f, s, r) -> s),
          refused(
              "external_links",
              "list",
              UNIQUE,
              Category.EXTERNAL_RESOURCE,
              "the containers are made by somebody else; run them as services"),
          kept(
              "extra_hosts",
              "mapping, list",
              KEYED,
              "host-gateway has no meaning here",
              value(ServiceKey.EXTRA_HOSTS, NetworkSyntax::extraHosts)),
          refused("gpus", "all, list", REPLACE, Category.HOST_ACCESS, "devices belong to the host"),
          kept("group_add", "list", UNIQUE, "", value(ServiceKey.GROUP_ADD, Field::texts)),
          kept(
              "healthcheck",
              "mapping",
              DEEP,
              "test is replaced as a whole",
              value(ServiceKey.HEALTHCHECK, HealthcheckSyntax::read)),
          kept(
              "hostname",
              "text",
              REPLACE,
              "one more name that the others reach it by",
              value(ServiceKey.HOSTNAME, Field::text)),
          kept(
              "image",
              "reference",
              REPLACE,
              "no variable in it may be empty, unless the service is built",
              RowReaders::image),
          kept("init", BOOL, REPLACE, "", value(ServiceKey.INIT, Field::bool)),
          hostOnly("ipc", "text", "the shared memory of the host"),
          warned("isolation", "text", REPLACE, "containers are isolated as the engine does it"),
          ignored("label_file", "path, list", UNIQUE, "nobody reads labels here"),
          kept("labels", "mapping, list", KEYED, "", value(ServiceKey.LABELS, NameSyntax::labels)),
          kept(
              "links",
              "list of service[:alias]",
              UNIQUE,
              "the alias is one more name",
              value(ServiceKey.LINKS, NetworkSyntax::links)),
          ignored("log_driver", "text (format 1)", REPLACE, "every container's output is kept"),
          ignored("log_opt", "mapping (format 1)", DEEP, "every container's output is kept"),
          ignored("logging", "mapping", DEEP, "every container's output is kept"),
          warned("mac_address", "text", REPLACE, "containers get no addresses of their own"),
          kept(
              "mem_limit",
              "bytes",
              REPLACE,
              "also from deploy.resources.limits.memory",
              value(ServiceKey.MEM_LIMIT, Field::bytes)),
          kept(
              "mem_reservation",
              "bytes",
              REPLACE,
              "also from deploy.resources.reservations.memory",
              value(ServiceKey.MEM_RESERVATION, Field::bytes)),
          warned("mem_swappiness", "number", REPLACE, "there is no swap on Fargate"),
          warned("memswap_limit", "bytes", REPLACE, "there is no swap on Fargate"),
          refused(
              "models",
              "list, mapping",
              NAMES,
              Category.EXTERNAL_RESOURCE,
              "nothing here runs models; run one as a service"),
          emulated(
              "net",
              "text (format 1)",
              REPLACE,
              "counts as network_mode",
              LegacySyntax::networkMode),
          refusing(
              "network_mode",
              "text",
              REPLACE,
              "all containers share one network; host and container: are refused, service: and"
                  + " bridge mean nothing new",
              LegacySyntax::networkMode),
          emulated(
              "networks",
              "list, mapping",
              NAMES,
              "all containers share one network; aliases are kept, addresses are not",
              value(ServiceKey.NETWORKS, NetworkSyntax::networks)),
          warned(
              "oom_kill_disable",
              BOOL,
              REPLACE,
              "a container that needs more memory than it may have is ended"),
          warned(
              "oom_score_adj",
              "number",
              REPLACE,
              "a container that needs more memory than it may have is ended"),
          hostOnly("pid", "text", "the processes of the host"),
          warned("pids_limit", "number", REPLACE, "the number of processes is not limited"),
          kept("platform", "text", REPLACE, "", value(ServiceKey.PLATFORM, Field::text)),
          emulated(
              "ports",
              "list of ports or mappings",
              PORTS,
              "the container's port is known to the others; the host's side is not mapped",
              read(ServiceKey.PORTS, PortSyntax::ports)),
          warned("post_start", "list", DEEP, "it is not run; put it into the command"),
          warned("pre_start", "list", DEEP, "it is not run; make it a service others wait for"),
          warned("pre_stop", "list", DEEP, "it is not run; trap SIGTERM in the command"),
          refusing(
              "privileged",
              BOOL,
              REPLACE,
              "it has the host's rights; remove it",
              RowReaders.refusedIfTrue("a privileged container has the host's rights")),
          kept("profiles", "list", UNIQUE, "", value(ServiceKey.PROFILES, Field::textsOrOne)),
          refused(
              "provider",
              "mapping",
              DEEP,
              Category.EXTERNAL_RESOURCE,
              "the service is made by a program outside; run it as a container"),
          kept(
              "pull_policy",
              "text",
              REPLACE,
              "",
              value(ServiceKey.PULL_POLICY, NameSyntax::pullPolicy)),
          ignored(
              "pull_refresh_after", "duration", REPLACE, "images are pulled as pull_policy says"),
          kept("read_only", BOOL, REPLACE, "", value(ServiceKey.READ_ONLY, Field::bool)),
          kept(
              "restart",
              "no, always, on-failure[:n], unless-stopped",
              REPLACE,
              "never for candidates",
              value(ServiceKey.RESTART, LimitSyntax::restart)),
          warned("runtime", "text", REPLACE, "the engine's own runtime is used"),
          kept(
              "scale",
              "number",
              REPLACE,
              "also from deploy.replicas; more than one is refused as a clash",
              value(ServiceKey.SCALE, LimitSyntax::scale)),
          kept(
              "secrets",
              "list of names or mappings",
              BY_TARGET,
              "a file in the container; uid, gid and mode are not set",
              read(ServiceKey.SECRETS, (f, r) -> r.secrets(f))),
          warned("security_opt", "list", UNIQUE, "the engine's default profile holds"),
          kept(
              "shm_size",
              "bytes",
              REPLACE,
              "Fargate has 64 MiB whatever is written",
              value(ServiceKey.SHM_SIZE, Field::bytes)),
          kept("stdin_open", BOOL, REPLACE, "", value(ServiceKey.STDIN_OPEN, Field::bool)),
          kept(
              "stop_grace_period",
              "duration",
              REPLACE,
              "",
              value(ServiceKey.STOP_GRACE_PERIOD, Field::duration)),
          kept("stop_signal", "text", REPLACE, "", value(ServiceKey.STOP_SIGNAL, Field::text)),
          warned("storage_opt", "mapping", DEEP, "the engine's own storage is used"),
          refusing(
              "sysctls",
              "mapping, list",
              KEYED,
              "those of net.; others belong to the host",
              value(ServiceKey.SYSCTLS, LimitSyntax::sysctls)),
          kept("tmpfs", "path, list", UNIQUE, "", value(ServiceKey.TMPFS, LimitSyntax::tmpfs)),
          kept("tty", BOOL, REPLACE, "", value(ServiceKey.TTY, Field::bool)),
          kept("ulimits", "mapping", DEEP, "", value(ServiceKey.ULIMITS, LimitSyntax::ulimits)),
          refusing(
              "use_api_socket",
              BOOL,
              REPLACE,
              "the engine belongs to the host; remove it",
              RowReaders.refusedIfTrue("the engine's socket belongs to the host")),
          kept("user", "text", REPLACE, "", value(ServiceKey.USER, Field::text)),
          hostOnly("userns_mode", "text", "the users of the host"),
          hostOnly("uts", "text", "the name of the host"),
          ignored("volume_driver", "text (format 1)", REPLACE, "volumes are empty folders"),
          refusing(
              "volumes",
              "list of [source:]target[:mode] or mappings",
              BY_TARGET,
              "paths in the workspace and volumes of the composition; paths outside reach into the"
                  + " host; /dev/shm counts as shm_size, the host's time zone is left out",
              RowReaders::volumes),
          kept(
              "volumes_from",
              "list of service[:ro]",
              UNIQUE,
              "container: is refused",
              value(ServiceKey.VOLUMES_FROM, NetworkSyntax::volumesFrom)),
          kept("working_dir", "path", REPLACE, "", value(ServiceKey.WORKING_DIR, Field::text)));

  private static final Map<String, ServiceKeyRow> BY_NAME = new LinkedHashMap<>();

  static {
    for (ServiceKeyRow row : ROWS) {
      if (BY_NAME.put(row.name(), row) != null) {
        throw new IllegalStateException("two rows for " + row.name());
      }
    }
  }

  private ServiceKeys() {}

  /** Return all rows, by name. */
  static List<ServiceKeyRow> rows() {
    return ROWS;
  }

  /** Return the names of all keys. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** Find the row of a key; null if there is none. */
  static @Nullable ServiceKeyRow find(String name) {
    return BY_NAME.get(name);
  }
}
