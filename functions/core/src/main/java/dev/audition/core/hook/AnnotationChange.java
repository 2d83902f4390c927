package dev.audition.core.hook;

/**
 * An annotation to put on record, or to take off it, when a step or the run has its verdict.
 *
 * @param step the step's number, 1-based; {@link Hooks#RUN} for the run
 * @param removed whether it is taken off; the value then does not count
 */
public record AnnotationChange(int step, HookKind kind, Annotation annotation, boolean removed) {}
