/**
 * The ECS wire: the JSON API the SDK speaks, task state change events and the task metadata
 * endpoint, in front of a task runtime. Everything that the functions see of ECS, without an
 * account.
 */
@NullMarked
package dev.audition.handlers.wire;

import org.jspecify.annotations.NullMarked;
