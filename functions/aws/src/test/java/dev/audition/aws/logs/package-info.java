/** Tests of the package. */
@NullMarked
package dev.audition.aws.logs;

import org.jspecify.annotations.NullMarked;
