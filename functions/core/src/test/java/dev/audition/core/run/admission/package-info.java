/** Tests of which runs begin next. */
@NullMarked
package dev.audition.core.run.admission;

import org.jspecify.annotations.NullMarked;
