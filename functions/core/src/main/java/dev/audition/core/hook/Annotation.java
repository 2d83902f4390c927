package dev.audition.core.hook;

/**
 * Something that hooks put on record of a run.
 *
 * @param entityType what it is said of: {@code build} (the run), {@code image}, {@code pipeline},
 *     {@code project} or anything else the author wrote
 * @param entityId which one; empty for the run itself
 * @param value empty for a flag without a value
 */
public record Annotation(String entityType, String entityId, String key, String value) {
  boolean sameKey(Annotation other) {
    return entityType.equals(other.entityType)
        && entityId.equals(other.entityId)
        && key.equals(other.key);
  }
}
