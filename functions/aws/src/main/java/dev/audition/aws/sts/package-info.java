/** Who asks. May touch the core and the SDK's STS client. */
@NullMarked
package dev.audition.aws.sts;

import org.jspecify.annotations.NullMarked;
