package dev.audition.core.task;

/**
 * What the lowering to Fargate needs to know beside the plan.
 *
 * @param ownImage the image of our own containers: any with {@code python3}, at least 3.10, and
 *     root as its user
 * @param workspace absolute path of the workspace's root; what is mounted from below it is copied
 *     into the task
 */
public record FargateOptions(String ownImage, String workspace) {
  /** A stock image from the public mirror of the official ones; nothing is built or pushed. */
  public static final String DEFAULT_OWN_IMAGE = "public.ecr.aws/docker/library/python:3.13-slim";

  /** Use the default image. */
  public static FargateOptions of(String workspace) {
    return new FargateOptions(DEFAULT_OWN_IMAGE, workspace);
  }
}
