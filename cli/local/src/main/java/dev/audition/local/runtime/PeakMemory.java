package dev.audition.local.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The most memory that containers are seen to use, read from their control groups where the engine
 * runs on this machine: two small files, a few times a second. The page cache that the kernel would
 * give back at once is not counted, as in {@code docker stats}: the kernel's own peak counts it.
 */
final class PeakMemory implements AutoCloseable {
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long PERIOD_MILLIS = 250;

  /** Where the two drivers of the two versions put a container's group; %s is its id. */
  private static final List<GroupFiles> PLACES =
      List.of(
          new GroupFiles("/sys/fs/cgroup/system.slice/docker-%s.scope/", "memory.current", ""),
          new GroupFiles("/sys/fs/cgroup/docker/%s/", "memory.current", ""),
          new GroupFiles("/sys/fs/cgroup/memory/docker/%s/", "memory.usage_in_bytes", "total_"),
          new GroupFiles(
              "/sys/fs/cgroup/memory/system.slice/docker-%s.scope/",
              "memory.usage_in_bytes", "total_"));

  private record GroupFiles(String folder, String usage, String prefix) {}

  private static final class Watched {
    private final Path folder;
    private final GroupFiles files;
    private volatile long peak;

    private Watched(Path folder, GroupFiles files) {
      this.folder = folder;
      this.files = files;
    }
  }

  private final Map<String, Watched> watched = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("peak-memory").factory());
  private boolean started;

  /** Watch a container that has just been started. */
  synchronized void watch(String containerId) {
    for (GroupFiles files : PLACES) {
      Path folder = Path.of(files.folder().formatted(containerId));
      if (Files.isReadable(folder.resolve(files.usage()))) {
        Watched one = new Watched(folder, files);
        one.peak = Math.max(one.peak, used(one));
        watched.put(containerId, one);
        if (!started) {
          started = true;
          var _ =
              timer.scheduleAtFixedRate(
                  this::sample, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        return;
      }
    }
  }

  /** Return the peak up to now in MiB, rounded up; empty if nothing was measured. */
  Optional<Integer> soFar(String containerId) {
    return Optional.ofNullable(watched.get(containerId)).flatMap(PeakMemory::mebibytes);
  }

  /** Stop watching and return the peak in MiB, rounded up; empty if nothing was measured. */
  Optional<Integer> end(String containerId) {
    return Optional.ofNullable(watched.remove(containerId)).flatMap(PeakMemory::mebibytes);
  }

  private static Optional<Integer> mebibytes(Watched one) {
    return one.peak == 0
        ? Optional.empty()
        : Optional.of(Math.toIntExact((one.peak + MEBIBYTE - 1) / MEBIBYTE));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void sample() {
    watched.values().forEach(one -> one.peak = Math.max(one.peak, used(one)));
  }

  private static long used(Watched one) {
    try {
      long usage = Long.parseLong(Files.readString(one.folder.resolve(one.files.usage())).strip());
      String key = one.files.prefix() + "inactive_file ";
      long cache =
          Files.readString(one.folder.resolve("memory.stat"))
              .lines()
              .filter(line -> line.startsWith(key))
              .mapToLong(line -> Long.parseLong(line.substring(key.length()).strip()))
              .findFirst()
              .orElse(0);
      return Math.max(0, usage - cache);
    } catch (IOException | NumberFormatException e) {
      // It has just ended.
      return 0;
    }
  }
}
