/** Messages to SNS topics. May use the SDK's SNS client. */
@NullMarked
package dev.audition.aws.sns;

import org.jspecify.annotations.NullMarked;
