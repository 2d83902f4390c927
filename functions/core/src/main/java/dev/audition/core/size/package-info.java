/** Sizes of tasks as Fargate sells them, and what they cost. */
@NullMarked
package dev.audition.core.size;

import org.jspecify.annotations.NullMarked;
