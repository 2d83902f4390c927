package dev.audition.core.compose;

import dev.audition.core.diagnostic.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code depends_on}.
 *
 * @param condition null in the short form, which leaves the condition to the planner
 * @param required whether the service must be part of the composition
 */
public record Dependency(
    @Nullable DependencyCondition condition, boolean required, SourceLocation location) {}
