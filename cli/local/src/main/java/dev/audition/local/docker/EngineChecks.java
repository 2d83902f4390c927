package dev.audition.local.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import dev.audition.local.docker.EngineCheck.EngineFacts;
import dev.audition.local.docker.EngineCheck.Finding;
import dev.audition.local.docker.EngineCheck.Level;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at an engine: whether it answers, and whether it has what runs need. */
public final class EngineChecks {
  /** The first API version with all that is used here: Docker 19.03 (2019). */
  private static final String OLDEST_API = "1.40";

  private static final long GIBIBYTE = 1L << 30;
  private static final long LITTLE_DISK = 5 * GIBIBYTE;
  private static final long LITTLE_MEMORY = 2 * GIBIBYTE;

  private EngineChecks() {}

  /**
   * Connect to an engine and hear it answer.
   *
   * @param limit how long it may take
   * @throws EngineUnavailableException if it does not answer, with the reason and what to do
   */
  public static DockerEngine open(EngineAddress address, Duration limit) {
    dial(address);
    DockerEngine engine = DockerEngine.connect(address);
    try {
      within(limit, address, () -> engine.client().pingCmd().exec());
      return engine;
    } catch (EngineUnavailableException e) {
      engine.close();
      throw e;
    }
  }

  /** Look at everything a run needs; never throws for what the engine does or does not. */
  public static EngineCheck check(EngineAddress address, Duration limit) {
    try (DockerEngine engine = open(address, limit)) {
      EngineFacts facts = within(limit, address, () -> facts(engine.client()));
      List<Finding> findings = new ArrayList<>();
      findings.add(
          new Finding(
              Level.GOOD,
              "engine",
              "Docker %s (API %s), %s/%s, at %s (%s)"
                  .formatted(
                      facts.version(),
                      facts.apiVersion(),
                      facts.operatingSystem(),
                      facts.architecture(),
                      address.host(),
                      address.source()),
              ""));
      judge(facts, findings);
      findings.add(disk(facts, address));
      return new EngineCheck(address, facts, findings);
    } catch (EngineUnavailableException e) {
      return new EngineCheck(
          address, null, List.of(new Finding(Level.PROBLEM, "engine", e.reason(), e.remedy())));
    }
  }

  private static EngineFacts facts(DockerClient client) {
    Version version = client.versionCmd().exec();
    Info info = client.infoCmd().exec();
    return new EngineFacts(
        text(version.getVersion()),
        text(version.getApiVersion()),
        text(version.getOperatingSystem()),
        text(version.getArch()),
        Objects.requireNonNullElse(info.getNCPU(), 0),
        Objects.requireNonNullElse(info.getMemTotal(), 0L),
        text(info.getDriver()),
        text(info.getCGroupVersion()),
        Boolean.TRUE.equals(info.getMemoryLimit()),
        text(info.getDockerRootDir()));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static void judge(EngineFacts facts, List<Finding> findings) {
    if (older(facts.apiVersion(), OLDEST_API)) {
      findings.add(
          new Finding(
              Level.PROBLEM,
              "version",
              "the engine speaks API %s; %s is needed".formatted(facts.apiVersion(), OLDEST_API),
              "Install Docker 19.03 or newer"));
    }
    if (!facts.operatingSystem().equals("linux")) {
      findings.add(
          new Finding(
              Level.PROBLEM,
              "containers",
              "the engine runs containers of " + facts.operatingSystem(),
              "Switch it to Linux containers"));
    }
    boolean littleMemory = facts.memoryBytes() < LITTLE_MEMORY;
    findings.add(
        new Finding(
            littleMemory ? Level.WARNING : Level.GOOD,
            "memory",
            "%s, %d CPUs".formatted(gibibytes(facts.memoryBytes()), facts.cpus()),
            littleMemory ? "Give the engine 4 GiB or more: databases fail in odd ways below" : ""));
    findings.add(
        new Finding(
            facts.memoryLimits() ? Level.GOOD : Level.WARNING,
            "cgroup",
            (facts.cgroupVersion().isEmpty() ? "version unknown" : "v" + facts.cgroupVersion())
                + (facts.memoryLimits() ? "" : "; memory limits are not enforced"),
            facts.memoryLimits()
                ? ""
                : "Enable the memory controller (rootless: delegate it to the user's slice)"));
    boolean slow = facts.storageDriver().equals("vfs");
    findings.add(
        new Finding(
            slow ? Level.WARNING : Level.GOOD,
            "storage",
            facts.storageDriver() + (slow ? ": every container copies its whole image" : ""),
            slow ? "Use overlay2 or fuse-overlayfs" : ""));
  }

  private static Finding disk(EngineFacts facts, EngineAddress address) {
    if (!address.local() || facts.rootFolder().isEmpty()) {
      return new Finding(Level.GOOD, "disk", "on another machine, not looked at", "");
    }
    try {
      Path folder = Path.of(facts.rootFolder());
      while (folder.getParent() != null && !Files.exists(folder)) {
        folder = folder.getParent();
      }
      long free = Files.getFileStore(folder).getUsableSpace();
      boolean little = free < LITTLE_DISK;
      return new Finding(
          little ? Level.WARNING : Level.GOOD,
          "disk",
          "%s free at %s".formatted(gibibytes(free), facts.rootFolder()),
          little ? "Make room, for example with: docker system prune" : "");
    } catch (IOException e) {
      return new Finding(Level.GOOD, "disk", "not known: " + e.getMessage(), "");
    }
  }

  static String gibibytes(long bytes) {
    return "%.1f GiB".formatted((double) bytes / GIBIBYTE);
  }

  /** Compare versions such as 1.9 and 1.40 by their numbers. */
  static boolean older(String version, String other) {
    String[] left = version.split("\\.", 2);
    String[] right = other.split("\\.", 2);
    try {
      int major = Integer.compare(Integer.parseInt(left[0]), Integer.parseInt(right[0]));
      return major < 0
          || (major == 0
              && Integer.compare(Integer.parseInt(left[1]), Integer.parseInt(right[1])) < 0);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return false;
    }
  }

  /** Dial a socket ourselves first: the system's reason is clearer than the client's. */
  private static void dial(EngineAddress address) {
    Path socket = address.socket();
    if (socket == null) {
      return;
    }
    String where = "no Docker engine at " + socket + " (" + address.source() + ")";
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      if (!Files.exists(socket)) {
        throw new EngineUnavailableException(
            where + ": there is no such socket",
            "Start the engine (sudo systemctl start docker), or install one; or name another with"
                + " DOCKER_HOST");
      }
      if (!Files.isWritable(socket)) {
        throw new EngineUnavailableException(
            where + ": you may not use this socket",
            "Join its group: sudo usermod -aG docker $USER, then log in again");
      }
      throw new EngineUnavailableException(
          where + ": " + (e instanceof ConnectException ? "nothing listens" : e.getMessage()),
          "Start the engine: sudo systemctl start docker");
    }
  }

  private static <T> T within(Duration limit, EngineAddress address, Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(question.get());
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    String where = "the Docker engine at " + address.host() + " (" + address.source() + ")";
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EngineUnavailableException(
          where + " did not answer within " + limit.toMillis() + " ms",
          "Look whether it hangs, with: docker version");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailableException(where + ": interrupted", "Try again");
    } catch (ExecutionException e) {
      throw new EngineUnavailableException(
          where + ": " + EngineWords.of(e), "Look whether it runs, with: docker version");
    }
  }
}
