/** What the world must offer to a run. */
@NullMarked
package dev.audition.core.run.port;

import org.jspecify.annotations.NullMarked;
