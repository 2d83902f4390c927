/** Tests. */
@NullMarked
package dev.audition.core.task;

import org.jspecify.annotations.NullMarked;
