package dev.audition.core.testkit;

/** What a container of a {@link TaskRuntimeContract} does once it is started. */
public sealed interface Behaviour {
  /** It ends by itself at once. */
  record Exits(int exitCode) implements Behaviour {}

  /** It runs until it gets its stop signal, and ends with this code then. */
  record RunsUntilStopped(int exitCode) implements Behaviour {}

  /** It runs and takes no notice of its stop signal. */
  record IgnoresStop() implements Behaviour {}

  /** It runs, and its health check says healthy after a while. */
  record BecomesHealthy() implements Behaviour {}

  /** It runs, and its health check fails with the output {@code no answer yet}. */
  record StaysUnhealthy() implements Behaviour {}

  /** It has a health check that fails, and ends by itself soon. */
  record EndsBeforeHealthy(int exitCode) implements Behaviour {}

  /** It runs, and listens on a port after a while. */
  record Listens(int port) implements Behaviour {}

  /** It runs, is dialled on a port for half a second, and never listens. */
  record NeverListens(int port) implements Behaviour {}

  /** Its image does not exist. */
  record HasNoImage() implements Behaviour {}

  /** Its command does not exist. */
  record HasNoCommand() implements Behaviour {}
}
