package dev.audition.cli;

/** The audition command. */
public final class Audition {
  private Audition() {}

  /** Run the command. */
  public static void main(String[] arguments) {
    System.exit(3);
  }
}
