package dev.audition.core.verdict;

/** What a runtime's reason for a container that did not run, or died, comes down to. */
public enum ReasonKind {
  OUT_OF_MEMORY(Blame.COMPOSITION, ""),
  DEPENDENCY_FAILED(Blame.COMPOSITION, ""),
  IMAGE_MISSING(Blame.COMPOSITION, "Check the image's name and tag."),
  IMAGE_DENIED(
      Blame.COMPOSITION, "Check the image's name, and that you are logged in to its registry."),
  WRONG_ARCHITECTURE(Blame.COMPOSITION, "Use an image built for this machine's architecture."),
  COMMAND_MISSING(
      Blame.COMPOSITION,
      "Check command and entrypoint: the image does not hold that program, or may not execute it."),
  PORT_IN_USE(
      Blame.COMPOSITION, "The containers of a composition share one network: change the port."),
  MOUNT_MISTAKEN(Blame.COMPOSITION, "Check the mount: a file and a folder do not fit together."),
  SETTING_REFUSED(Blame.COMPOSITION, ""),
  REGISTRY_BUSY(Blame.PASSING, "Log in to the registry, or use a mirror of it."),
  REGISTRY_UNREACHABLE(Blame.PASSING, ""),
  CAPACITY(Blame.PASSING, ""),
  NETWORK_INTERFACE(Blame.PASSING, ""),
  HOST_LOST(Blame.PASSING, ""),
  ENGINE_UNREACHABLE(Blame.OUTSIDE, "See that the container engine runs and may be used."),
  DISK_FULL(Blame.OUTSIDE, "Free disk space."),
  CERTIFICATE(Blame.OUTSIDE, "Check the registry's certificate."),
  RESOURCE_INITIALIZATION(Blame.PASSING, ""),
  RESOURCE_DENIED(
      Blame.OUTSIDE,
      "Check that the secret or file is there and that the execution role may read it."),
  /** Words that no row knows. */
  UNKNOWN(Blame.OUTSIDE, "");

  private final Blame blame;
  private final String remedy;

  ReasonKind(Blame blame, String remedy) {
    this.blame = blame;
    this.remedy = remedy;
  }

  /** Return whose trouble it is. */
  public Blame blame() {
    return blame;
  }

  /** Return what to do about it, a sentence; empty if there is nothing general to say. */
  public String remedy() {
    return remedy;
  }
}
