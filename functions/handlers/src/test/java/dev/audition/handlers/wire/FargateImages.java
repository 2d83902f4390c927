package dev.audition.handlers.wire;

import java.util.Optional;

/**
 * The images that tests on the engine use; {@code infra/setup/setup images} says where they are.
 */
public final class FargateImages {
  /** One with a shell and Perl. */
  public static final String SHELL = image("SHELL_IMAGE", "audition.local/debian:12");

  /** One with python3, for our own containers. */
  public static final String OWN = image("PYTHON_IMAGE", "audition.local/python:3.11");

  /** PostgreSQL, server and client. */
  public static final String POSTGRES = image("POSTGRES_IMAGE", "audition.local/postgres:15");

  private FargateImages() {}

  private static String image(String variable, String otherwise) {
    return Optional.ofNullable(System.getenv(variable)).orElse(otherwise);
  }
}
