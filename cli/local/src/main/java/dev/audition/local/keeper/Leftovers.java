package dev.audition.local.keeper;

import dev.audition.local.docker.DockerEngine;
import dev.audition.local.store.FileRunStore;

/** Stand-in until the real one is merged. */
public final class Leftovers {
  private Leftovers() {}

  /** Remove. */
  public static void remove(DockerEngine engine, FileRunStore store) {}
}
