package dev.audition.local.keeper;

import dev.audition.core.run.RunId;
import dev.audition.local.docker.DockerEngine;
import dev.audition.local.docker.EngineAddress;
import dev.audition.local.store.FileRunStore;
import dev.audition.local.store.RunLease;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What the {@link Keeper} becomes when the owner of its run has ended. */
public final class KeeperProcess {
  private static final String NO_CERTIFICATES = "-";

  private KeeperProcess() {}

  /** Return the command line of a keeper: this program in a small Java runtime. */
  static List<String> command(RunId run, Path stateFolder, EngineAddress engine) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms8m",
            "-Xmx64m",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED"));
    String cache = System.getProperty("audition.cache", "");
    if (!cache.isEmpty() && Files.isReadable(Path.of(cache))) {
      // A cache that does not fit is no reason for words: it only makes the start slower.
      words.addAll(List.of("-Xlog:disable", "-XX:AOTCache=" + cache));
    }
    words.add("-cp");
    words.add(absolute(System.getProperty("java.class.path", "")));
    words.add(KeeperProcess.class.getName());
    Path certificates = engine.certificates();
    words.addAll(
        List.of(
            run.value(),
            stateFolder.toString(),
            engine.host().toString(),
            certificates == null ? NO_CERTIFICATES : certificates.toString()));
    return words;
  }

  /** It runs in another folder than we do. */
  private static String absolute(String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /**
   * Take over a run.
   *
   * @param arguments run, state folder, the engine's address, its certificates or {@code -}
   */
  public static void main(String[] arguments) {
    RunId run = new RunId(arguments[0]);
    FileRunStore store = new FileRunStore(Path.of(arguments[1]));
    EngineAddress address =
        new EngineAddress(
            URI.create(arguments[2]),
            "the run's owner",
            arguments[3].equals(NO_CERTIFICATES) ? null : Path.of(arguments[3]));
    boolean done;
    // The owner may be on its way out still; from here on nobody else removes anything.
    try (RunLease _ = store.lease(run);
        DockerEngine engine = DockerEngine.connect(address)) {
      done = new Cleaning(engine, store, InstantSource.system(), KeeperProcess::log).clean(run);
    }
    // Threads of the engine's client must not hold it up.
    System.exit(done ? 0 : 1);
  }

  private static void log(String line) {
    System.out.println(InstantSource.system().instant() + " " + line);
  }
}
