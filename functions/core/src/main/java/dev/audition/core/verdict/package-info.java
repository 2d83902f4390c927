/** Verdicts, and what a container's end says about them. */
@NullMarked
package dev.audition.core.verdict;

import org.jspecify.annotations.NullMarked;
