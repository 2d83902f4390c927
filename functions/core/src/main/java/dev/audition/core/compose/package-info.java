/**
 * Compositions in compose syntax: one row per service key says how it is read, merged and treated.
 */
@NullMarked
package dev.audition.core.compose;

import org.jspecify.annotations.NullMarked;
