/**
 * Interpolation of <code>${VAR}</code> and <code>${{VAR}}</code>; a look-up gives a value and
 * whether it is there.
 */
@NullMarked
package dev.audition.core.expression;

import org.jspecify.annotations.NullMarked;
