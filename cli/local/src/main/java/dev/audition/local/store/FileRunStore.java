package dev.audition.local.store;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RunStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs as files, a folder each, readable by every process of the user at any moment.
 *
 * <p>A run's document is replaced whole, so that a reader sees one state or the next, and under a
 * lock, so that of two processes that saw the same version one wins. Safe for many threads.
 */
public final class FileRunStore implements RunStore {
  private final Path runs;

  /**
   * Make a store; nothing is touched before the first run.
   *
   * @param stateFolder see {@link #stateFolder}
   */
  public FileRunStore(Path stateFolder) {
    this.runs = stateFolder.toAbsolutePath().normalize().resolve("runs");
  }

  /** Return where runs are kept: {@code $XDG_STATE_HOME/audition}, else below the home folder. */
  public static Path stateFolder(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    // The XDG specification: a path that is not absolute is to be ignored.
    if (!state.isEmpty() && Path.of(state).isAbsolute()) {
      return Path.of(state, "audition");
    }
    String home = environment.getOrDefault("HOME", "");
    String folder = home.isEmpty() ? System.getProperty("user.home", "/") : home;
    return Path.of(folder, ".local", "state", "audition");
  }

  private RunFolder folder(RunId id) {
    return new RunFolder(id, runs.resolve(id.value()));
  }

  private RunDocument document(RunId id) {
    return new RunDocument(folder(id));
  }

  @Override
  public boolean create(Run run) {
    RunFolder.make(folder(run.id()).path());
    return document(run.id()).create(run);
  }

  @Override
  public Optional<Run> load(RunId id) {
    return document(id).load();
  }

  /** Load a run as {@link #load} does, but take one that cannot be read for none. */
  public Optional<Run> loadIfReadable(RunId id) {
    return document(id).loadIfReadable();
  }

  @Override
  public boolean commit(Run next, long expectedVersion) {
    return document(next.id()).replace(next, expectedVersion);
  }

  @Override
  public List<RunId> active(Instant now) {
    return all()
        .filter(run -> due(run, now))
        .sorted(Comparator.comparing(run -> Objects.requireNonNull(run.times().nextCheckAt())))
        .map(Run::id)
        .toList();
  }

  private static boolean due(Run run, Instant now) {
    Instant next = run.times().nextCheckAt();
    return next != null && !next.isAfter(now);
  }

  @Override
  public List<RunId> newest(int limit) {
    return all()
        .sorted(Comparator.comparing((Run run) -> run.times().createdAt()).reversed())
        .limit(limit)
        .map(Run::id)
        .toList();
  }

  /** Every run that can be read; one that another release wrote is no reason to show none. */
  private Stream<Run> all() {
    return ids().stream().flatMap(id -> document(id).loadIfReadable().stream());
  }

  /** Return the ids of all runs that have a folder, the newest name last. */
  public List<RunId> ids() {
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[a-z0-9][a-z0-9-]{0,39}"))
          .sorted()
          .map(RunId::new)
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw StateUnusableException.of(runs, "read", e);
    }
  }

  @Override
  public void putText(RunId id, String name, String text) {
    Path file = folder(id).text(name);
    RunFolder.make(folder(id).texts());
    RunDocument.replaceFile(file, text.getBytes(StandardCharsets.UTF_8), false);
  }

  @Override
  public boolean addText(RunId id, String name, String text) {
    if (Files.exists(folder(id).text(name))) {
      return false;
    }
    putText(id, name, text);
    return true;
  }

  @Override
  public Optional<String> text(RunId id, String name) {
    Path file = folder(id).text(name);
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StateUnusableException.of(file, "read", e);
    }
  }

  /**
   * Take the duty to remove what a run started; its owner does so before {@link #create}.
   *
   * @return empty if somebody holds it
   */
  public Optional<RunLease> tryLease(RunId id) {
    return RunLease.tryTake(folder(id));
  }

  /** Take the duty to remove what a run started, and wait for it. */
  public RunLease lease(RunId id) {
    return RunLease.take(folder(id));
  }

  /** Ask the owner of a run to end it; asking again changes nothing. */
  public void requestCancel(RunId id, CancelRequest request) {
    Path file = folder(id).cancel();
    if (Files.isDirectory(folder(id).path()) && !Files.exists(file)) {
      String text = request.by() + "\n" + request.reason();
      RunDocument.replaceFile(file, text.getBytes(StandardCharsets.UTF_8), false);
    }
  }

  /** Return whether somebody wants a run to end; cheap enough to be asked ten times a second. */
  public Optional<CancelRequest> cancelRequest(RunId id) {
    Path file = folder(id).cancel();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String[] parts = Files.readString(file).split("\n", 2);
      return Optional.of(new CancelRequest(parts[0], parts.length < 2 ? "" : parts[1].strip()));
    } catch (IOException e) {
      return Optional.of(new CancelRequest("audition cancel", ""));
    }
  }

  /** Say that the user wants to look inside of a run: nothing of it is removed unasked. */
  public void keep(RunId id) {
    RunFolder.make(folder(id).path());
    RunDocument.replaceFile(folder(id).kept(), new byte[0], false);
  }

  /** Return whether the user wants to look inside of a run. */
  public boolean kept(RunId id) {
    return Files.exists(folder(id).kept());
  }

  /**
   * Return the folder of a task's log files; it need not exist.
   *
   * @param startedBy {@code <run id>/<step number>/<task number>/<attempt>}
   */
  public Path logFolder(String startedBy) {
    int slash = startedBy.indexOf('/');
    String run = slash < 0 ? startedBy : startedBy.substring(0, slash);
    String task = slash < 0 ? "task" : startedBy.substring(slash + 1).replace('/', '-');
    return folder(new RunId(run)).logs().resolve(task);
  }

  /** Return where the keeper of a run writes what it does. */
  public Path keeperLog(RunId id) {
    return folder(id).keeperLog();
  }

  /**
   * Remove the files of a run.
   *
   * @return false if there are none
   */
  public boolean remove(RunId id) {
    RunFolder folder = folder(id);
    if (!Files.isDirectory(folder.path())) {
      return false;
    }
    folder.remove();
    RunDocument.forget(folder);
    return true;
  }

  /**
   * Remove the files of old runs: those that ended, are not kept, and that nobody looks after.
   *
   * @param keep how many of the newest of them stay
   */
  public void prune(int keep) {
    List<RunId> ended =
        all()
            .filter(run -> run.status().terminal() && !kept(run.id()))
            .sorted(Comparator.comparing((Run run) -> run.times().createdAt()).reversed())
            .map(Run::id)
            .toList();
    for (RunId id : ended.subList(Math.min(keep, ended.size()), ended.size())) {
      tryLease(id)
          .ifPresent(
              lease -> {
                try (lease) {
                  remove(id);
                }
              });
    }
  }
}
