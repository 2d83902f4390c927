package dev.audition.local.docker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the engine showed.
 *
 * @param facts null if the engine did not answer
 * @param findings in the order of interest
 */
public record EngineCheck(
    EngineAddress address, @Nullable EngineFacts facts, List<Finding> findings) {
  public EngineCheck {
    findings = List.copyOf(findings);
  }

  /** Return whether runs are possible. */
  public boolean usable() {
    return findings.stream().noneMatch(finding -> finding.level() == Level.PROBLEM);
  }

  /** How much a finding matters. */
  public enum Level {
    GOOD,
    /** Runs are possible; some will suffer. */
    WARNING,
    /** No run is possible. */
    PROBLEM
  }

  /**
   * One thing that was looked at.
   *
   * @param subject such as {@code engine} or {@code disk}
   * @param text what was seen
   * @param remedy what to do, a sentence; empty if nothing
   */
  public record Finding(Level level, String subject, String text, String remedy) {}

  /**
   * What the engine says of itself.
   *
   * @param memoryBytes all memory the engine's machine has
   * @param cgroupVersion {@code 1} or {@code 2}; empty if it does not say
   * @param memoryLimits whether it can limit a container's memory
   * @param rootFolder where it keeps images and containers, on its own machine
   */
  public record EngineFacts(
      String version,
      String apiVersion,
      String operatingSystem,
      String architecture,
      int cpus,
      long memoryBytes,
      String storageDriver,
      String cgroupVersion,
      boolean memoryLimits,
      String rootFolder) {}
}
