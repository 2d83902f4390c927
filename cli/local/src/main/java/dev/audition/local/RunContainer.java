package dev.audition.local;

/**
 * A container of a run that the engine still has.
 *
 * @param service the user's name for it
 * @param containerId the engine's id, as {@code docker exec} takes it
 */
public record RunContainer(String startedBy, String service, String containerId, boolean running) {}
