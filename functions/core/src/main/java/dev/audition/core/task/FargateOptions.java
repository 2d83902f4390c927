package dev.audition.core.task;

import java.util.Collection;
import java.util.List;

/**
 * What the lowering to Fargate needs to know beside the plan.
 *
 * @param ownImage the image of our own containers: any with {@code python3}, at least 3.10, and
 *     root as its user
 * @param workspace absolute path of the workspace's root; what is mounted from below it is copied
 *     into the task
 * @param runValues the values of the run's own variables, such as its commit message: what holds
 *     one of them differs from run to run
 * @param grants what the project lets its runs use
 * @param ephemeralStorageGiB disk of the task, images included: 21 to 200; 0 for Fargate's 20
 */
public record FargateOptions(
    String ownImage,
    String workspace,
    List<String> runValues,
    Grants grants,
    int ephemeralStorageGiB) {
  /** A stock image from the public mirror of the official ones; nothing is built or pushed. */
  public static final String DEFAULT_OWN_IMAGE = "public.ecr.aws/docker/library/python:3.13-slim";

  public FargateOptions {
    runValues = List.copyOf(runValues);
    if (ephemeralStorageGiB != 0 && (ephemeralStorageGiB < 21 || ephemeralStorageGiB > 200)) {
      throw new IllegalArgumentException(
          "ephemeral storage: %d GiB (expected: 0, or 21 to 200)".formatted(ephemeralStorageGiB));
    }
  }

  /** Use the default image. */
  public static FargateOptions of(String workspace) {
    return new FargateOptions(DEFAULT_OWN_IMAGE, workspace, List.of(), Grants.NONE, 0);
  }

  /** Return these with another image for our own containers. */
  public FargateOptions withOwnImage(String image) {
    return new FargateOptions(image, workspace, runValues, grants, ephemeralStorageGiB);
  }

  /** Return these for a run with variables of these values. */
  public FargateOptions withRunValues(Collection<String> values) {
    return new FargateOptions(
        ownImage, workspace, List.copyOf(values), grants, ephemeralStorageGiB);
  }

  /** Return these for a project. */
  public FargateOptions withGrants(Grants granted) {
    return new FargateOptions(ownImage, workspace, runValues, granted, ephemeralStorageGiB);
  }

  /** Return these with so much disk for a task. */
  public FargateOptions withEphemeralStorageGiB(int size) {
    return new FargateOptions(ownImage, workspace, runValues, grants, size);
  }

  @Override
  public String toString() {
    return "FargateOptions[ownImage=" + ownImage + ", workspace=" + workspace + "]";
  }
}
