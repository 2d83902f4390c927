package dev.audition.core.task;

/**
 * A task as it is registered, and what each launch must add.
 *
 * @param values the composition's variables, and the texts of its configs and secrets in base64 for
 *     {@code audition-stage}; none of it is in the definition
 */
public record FargateTask(TaskDefinition definition, LaunchValues values) {}
