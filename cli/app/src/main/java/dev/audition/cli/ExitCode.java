package dev.audition.cli;

/** Exit codes that are no verdict's. */
final class ExitCode {
  /** Done. */
  static final int OK = 0;

  /** Our own bug, or the machine is in the way. */
  static final int ERROR = 2;

  /** Wrong usage, or an input that is refused. */
  static final int USAGE = 3;

  private ExitCode() {}
}
