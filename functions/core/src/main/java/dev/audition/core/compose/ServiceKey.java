package dev.audition.core.compose;

import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;

/**
 * A key of a compose service and the type of its value.
 *
 * <p>The rows that say how a key is read, merged and treated are in {@link ServiceKeys}.
 *
 * @param name as written in compose files
 */
@SuppressWarnings("UnusedTypeParameter") // it ties a value to its key in ServiceConfig
public record ServiceKey<T>(String name) {
  public static final ServiceKey<String> IMAGE = new ServiceKey<>("image");
  public static final ServiceKey<BuildConfig> BUILD = new ServiceKey<>("build");
  public static final ServiceKey<Command> COMMAND = new ServiceKey<>("command");
  public static final ServiceKey<Command> ENTRYPOINT = new ServiceKey<>("entrypoint");

  /** Names and values; in a finished composition the values of {@code env_file} are in it. */
  public static final ServiceKey<SequencedMap<String, String>> ENVIRONMENT =
      new ServiceKey<>("environment");

  public static final ServiceKey<SequencedMap<String, Dependency>> DEPENDS_ON =
      new ServiceKey<>("depends_on");
  public static final ServiceKey<List<Link>> LINKS = new ServiceKey<>("links");
  public static final ServiceKey<List<PortMapping>> PORTS = new ServiceKey<>("ports");
  public static final ServiceKey<List<PortMapping>> EXPOSE = new ServiceKey<>("expose");
  public static final ServiceKey<List<VolumeMount>> VOLUMES = new ServiceKey<>("volumes");
  public static final ServiceKey<List<VolumesFrom>> VOLUMES_FROM = new ServiceKey<>("volumes_from");
  public static final ServiceKey<List<TmpfsMount>> TMPFS = new ServiceKey<>("tmpfs");
  public static final ServiceKey<SequencedMap<String, NetworkAttachment>> NETWORKS =
      new ServiceKey<>("networks");
  public static final ServiceKey<String> NETWORK_MODE = new ServiceKey<>("network_mode");
  public static final ServiceKey<String> HOSTNAME = new ServiceKey<>("hostname");
  public static final ServiceKey<String> DOMAINNAME = new ServiceKey<>("domainname");
  public static final ServiceKey<String> CONTAINER_NAME = new ServiceKey<>("container_name");

  /** Host name to addresses. */
  public static final ServiceKey<SequencedMap<String, List<String>>> EXTRA_HOSTS =
      new ServiceKey<>("extra_hosts");

  public static final ServiceKey<String> USER = new ServiceKey<>("user");
  public static final ServiceKey<String> WORKING_DIR = new ServiceKey<>("working_dir");
  public static final ServiceKey<Healthcheck> HEALTHCHECK = new ServiceKey<>("healthcheck");
  public static final ServiceKey<Duration> STOP_GRACE_PERIOD =
      new ServiceKey<>("stop_grace_period");
  public static final ServiceKey<String> STOP_SIGNAL = new ServiceKey<>("stop_signal");
  public static final ServiceKey<Boolean> INIT = new ServiceKey<>("init");
  public static final ServiceKey<Boolean> TTY = new ServiceKey<>("tty");
  public static final ServiceKey<Boolean> STDIN_OPEN = new ServiceKey<>("stdin_open");
  public static final ServiceKey<Boolean> READ_ONLY = new ServiceKey<>("read_only");
  public static final ServiceKey<Boolean> PRIVILEGED = new ServiceKey<>("privileged");
  public static final ServiceKey<List<String>> CAP_ADD = new ServiceKey<>("cap_add");
  public static final ServiceKey<List<String>> CAP_DROP = new ServiceKey<>("cap_drop");
  public static final ServiceKey<List<String>> GROUP_ADD = new ServiceKey<>("group_add");
  public static final ServiceKey<SequencedMap<String, Ulimit>> ULIMITS =
      new ServiceKey<>("ulimits");
  public static final ServiceKey<SequencedMap<String, String>> SYSCTLS =
      new ServiceKey<>("sysctls");

  /** Bytes; {@code deploy.resources.limits.memory} is folded into it. */
  public static final ServiceKey<Long> MEM_LIMIT = new ServiceKey<>("mem_limit");

  /** Bytes; {@code deploy.resources.reservations.memory} is folded into it. */
  public static final ServiceKey<Long> MEM_RESERVATION = new ServiceKey<>("mem_reservation");

  /** Bytes. */
  public static final ServiceKey<Long> SHM_SIZE = new ServiceKey<>("shm_size");

  /** Cores; {@code deploy.resources.limits.cpus} is folded into it. */
  public static final ServiceKey<Double> CPUS = new ServiceKey<>("cpus");

  public static final ServiceKey<String> PLATFORM = new ServiceKey<>("platform");

  /** {@code no}, {@code always}, {@code on-failure[:n]}, {@code unless-stopped}. */
  public static final ServiceKey<String> RESTART = new ServiceKey<>("restart");

  public static final ServiceKey<String> PULL_POLICY = new ServiceKey<>("pull_policy");
  public static final ServiceKey<SequencedMap<String, String>> LABELS = new ServiceKey<>("labels");

  /** How many containers; {@code deploy.replicas} is folded into it. */
  public static final ServiceKey<Integer> SCALE = new ServiceKey<>("scale");

  public static final ServiceKey<List<String>> PROFILES = new ServiceKey<>("profiles");

  /** Each with the absolute path of the file behind it. */
  public static final ServiceKey<List<FileMount>> SECRETS = new ServiceKey<>("secrets");

  /** Each with the absolute path of the file behind it. */
  public static final ServiceKey<List<FileMount>> CONFIGS = new ServiceKey<>("configs");
}
