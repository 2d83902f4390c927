/** Tests. */
@NullMarked
package dev.audition.core.plan;

import org.jspecify.annotations.NullMarked;
