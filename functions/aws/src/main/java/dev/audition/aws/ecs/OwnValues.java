package dev.audition.aws.ecs;

import dev.audition.core.run.RunFiles;
import dev.audition.core.run.TaskKey;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.FargateLowering;
import dev.audition.core.task.LaunchValues;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What our own containers are told of a launch: when it ends, where files are and go. */
final class OwnValues {
  /** From the launch to the start of the first container: images are pulled before it. */
  private static final Duration TO_START = Duration.ofHours(2);

  /** After its deadline a task takes its longest stop chain to end. */
  private static final Duration TO_END = Duration.ofHours(1);

  /** An address lives no longer than the credentials that signed it, and those hours at most. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private final BlobStore blobs;
  private final InstantSource clock;

  OwnValues(BlobStore blobs, InstantSource clock) {
    this.blobs = blobs;
    this.clock = clock;
  }

  /** Return a launch's values with ours. */
  LaunchValues added(Launch launch, TaskKey key) {
    LaunchValues values = launch.values();
    if (FargateLowering.readsWorkspace(launch.definition())) {
      values =
          values.withFile(
              FargateLowering.STAGE,
              one(
                  "AUDITION_WORKSPACE_URL",
                  blobs.presignedGet(RunFiles.workspace(key.run()), TO_START).toString()));
    }
    if (has(launch, FargateLowering.KEEPER)) {
      SequencedMap<String, String> keeper = new LinkedHashMap<>();
      Instant deadline = launch.deadline();
      if (deadline != null) {
        keeper.put("AUDITION_DEADLINE", Long.toString(deadline.getEpochSecond()));
      }
      keeper.put(
          "AUDITION_ARTIFACTS_URL",
          blobs.presignedPut(RunFiles.artifacts(key), untilTheEnd(deadline)).toString());
      values = values.withFile(FargateLowering.KEEPER, keeper);
    }
    return values;
  }

  private Duration untilTheEnd(@Nullable Instant deadline) {
    if (deadline == null) {
      return LONGEST;
    }
    Duration left = Duration.between(clock.instant(), deadline).plus(TO_END);
    return left.compareTo(LONGEST) > 0 ? LONGEST : left.compareTo(TO_END) < 0 ? TO_END : left;
  }

  private static boolean has(Launch launch, String container) {
    return launch.definition().containers().stream()
        .map(ContainerDefinition::name)
        .anyMatch(container::equals);
  }

  private static SequencedMap<String, String> one(String name, String value) {
    SequencedMap<String, String> one = new LinkedHashMap<>();
    one.put(name, value);
    return one;
  }
}
