package dev.audition.core.compose;

/** The rows: one per compose key of a service. */
final class ServiceKeys {
  private ServiceKeys() {}
}
