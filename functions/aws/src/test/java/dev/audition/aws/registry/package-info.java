/** Tests of the package. */
@NullMarked
package dev.audition.aws.registry;

import org.jspecify.annotations.NullMarked;
