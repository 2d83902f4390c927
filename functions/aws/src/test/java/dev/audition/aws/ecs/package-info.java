/** Tests of the package. */
@NullMarked
package dev.audition.aws.ecs;

import org.jspecify.annotations.NullMarked;
