/** What a deployed stack says of itself. */
@NullMarked
package dev.audition.aws.cloudformation;

import org.jspecify.annotations.NullMarked;
