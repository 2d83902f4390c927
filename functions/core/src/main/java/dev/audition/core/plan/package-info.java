/**
 * What a composition means: containers, gates, names, mounts, sizes, warnings, refusals. Pure data,
 * free of a target.
 */
@NullMarked
package dev.audition.core.plan;

import org.jspecify.annotations.NullMarked;
