/** Tests. */
@NullMarked
package dev.audition.core.image;

import org.jspecify.annotations.NullMarked;
