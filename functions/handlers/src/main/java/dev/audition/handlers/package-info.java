/**
 * The Lambda entry points, what they share, and the wiring that makes every adapter once. Decisions
 * are the core's; calls are the adapters'.
 */
@NullMarked
package dev.audition.handlers;

import org.jspecify.annotations.NullMarked;
