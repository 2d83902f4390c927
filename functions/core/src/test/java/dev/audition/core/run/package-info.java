/** Tests of runs. */
@NullMarked
package dev.audition.core.run;

import org.jspecify.annotations.NullMarked;
