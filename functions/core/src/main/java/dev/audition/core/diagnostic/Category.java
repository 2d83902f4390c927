package dev.audition.core.diagnostic;

/**
 * What kind of trouble a {@link Diagnostic} names; tools and tests read this, people the message.
 */
public enum Category {
  /**
   * A rule of the compose specification, of the pipeline language or of YAML is broken; the message
   * names the rule.
   */
  INVALID,
  /** A pipeline feature that is valid but not run here, such as a push step. */
  UNSUPPORTED,
  /**
   * The input asks for the host: its network, devices, processes, or files outside of the
   * workspace.
   */
  HOST_ACCESS,
  /** Two services want the same thing, such as a port. */
  CLASH,
  /** Too many containers, too much CPU or memory, or an input beyond a limit. */
  SIZE,
  /** A network or volume that somebody else is said to have made. */
  EXTERNAL_RESOURCE,
  /** A variable or a built image without a value where one is needed. */
  MISSING_VARIABLE,
  /**
   * A file that another one names: extends, include, env_file, a composition's path or stored name.
   */
  MISSING_FILE,
  /** Nothing says whose exit code decides. */
  NO_CANDIDATE,
  /** A key that is read and brought about in another way. */
  EMULATED,
  /** A key that is read and has no effect here. */
  NO_EFFECT
}
