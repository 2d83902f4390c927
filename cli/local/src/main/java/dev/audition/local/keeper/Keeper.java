package dev.audition.local.keeper;

import dev.audition.core.run.RunId;
import dev.audition.local.docker.EngineAddress;
import dev.audition.local.store.FileRunStore;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A process of ours beside a run that outlives us, and finishes the stop and removes everything
 * when we have ended, for whatever reason.
 *
 * <p>While the run goes on it is a shell that waits for the end of its standard input, which costs
 * nothing: the system closes the other end when our process ends, however it ends. Only then does
 * it become a Java process of this program ({@link KeeperProcess}).
 */
public final class Keeper implements AutoCloseable {
  /** The answer that sends it home. */
  private static final String DISMISSED = "dismissed";

  /**
   * Signals of the terminal are for us, not for it. Whatever is not {@link #DISMISSED}, the end of
   * the input above all, makes it go on.
   */
  private static final String SCRIPT =
      "trap '' INT HUP TERM QUIT; read -r answer; [ \"$answer\" = "
          + DISMISSED
          + " ] && exit 0; exec \"$@\"";

  /**
   * Held as long as our process lives: where nobody holds a process any more, the runtime closes
   * our end of its input, and the keeper would begin while the run goes on.
   */
  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

  private final @Nullable Process process;
  private final String trouble;

  private Keeper(@Nullable Process process, String trouble) {
    this.process = process;
    this.trouble = trouble;
  }

  /**
   * Start the keeper of a run; takes a few milliseconds. The run's lease must be held by this
   * process (see {@link FileRunStore#tryLease}), and is given to the keeper by our end. A keeper
   * that cannot be started is no reason not to run: what is left is removed at the next start.
   *
   * @param stateFolder where the run is kept
   */
  public static Keeper start(RunId run, Path stateFolder, EngineAddress engine) {
    FileRunStore store = new FileRunStore(stateFolder);
    List<String> words = new ArrayList<>();
    onPath("setsid").ifPresent(words::add);
    words.addAll(List.of("/bin/sh", "-c", SCRIPT, "audition-keeper"));
    words.addAll(KeeperProcess.command(run, stateFolder.toAbsolutePath(), engine));
    File log = store.keeperLog(run).toFile();
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(new File("/"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .redirectError(ProcessBuilder.Redirect.appendTo(log));
    try {
      Process process = builder.start();
      STARTED.add(process);
      return new Keeper(process, "");
    } catch (IOException e) {
      return new Keeper(null, "the keeper could not be started: " + e.getMessage());
    }
  }

  /** Return why it could not be started; empty if it was. */
  public String trouble() {
    return trouble;
  }

  /** Send it home: nothing is left to remove, or the user wants to look inside. */
  public void dismiss() {
    if (process != null) {
      try (OutputStream input = process.getOutputStream()) {
        input.write((DISMISSED + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }

  /** Let it begin now; it waits for the lease. Without this it begins when our process ends. */
  @Override
  public void close() {
    if (process != null) {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }

  /** Without it the keeper is in the terminal's process group, and lives by ignoring signals. */
  private static Optional<String> onPath(String name) {
    return List.of("/usr/bin/", "/bin/").stream()
        .map(folder -> folder + name)
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }
}
