/** Images: references to them and what their configuration says. */
@NullMarked
package dev.audition.core.image;

import org.jspecify.annotations.NullMarked;
