/** Tests of verdicts. */
@NullMarked
package dev.audition.core.verdict;

import org.jspecify.annotations.NullMarked;
