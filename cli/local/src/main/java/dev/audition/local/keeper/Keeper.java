package dev.audition.local.keeper;

import dev.audition.core.run.RunId;
import dev.audition.local.docker.EngineAddress;
import java.nio.file.Path;

/** Stand-in until the real one is merged. */
public final class Keeper {
  private Keeper() {}

  /** Start. */
  public static void start(RunId id, Path stateFolder, EngineAddress address) {}
}
