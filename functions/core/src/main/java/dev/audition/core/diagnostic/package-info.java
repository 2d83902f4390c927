/** What is wrong with an input, where, why and what to do about it. Touches nothing. */
@NullMarked
package dev.audition.core.diagnostic;

import org.jspecify.annotations.NullMarked;
