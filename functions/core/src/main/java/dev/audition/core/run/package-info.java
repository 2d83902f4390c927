/** A run: its state, what can happen to it, and what is to be done next. */
@NullMarked
package dev.audition.core.run;

import org.jspecify.annotations.NullMarked;
