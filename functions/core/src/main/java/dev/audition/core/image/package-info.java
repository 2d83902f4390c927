/** Images: references to them, what their configuration says, and what is known of famous ones. */
@NullMarked
package dev.audition.core.image;

import org.jspecify.annotations.NullMarked;
