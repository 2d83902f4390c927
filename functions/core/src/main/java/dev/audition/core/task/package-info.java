/** Task definitions and tasks as ECS knows them, and the lowering of a plan to them. */
@NullMarked
package dev.audition.core.task;

import org.jspecify.annotations.NullMarked;
