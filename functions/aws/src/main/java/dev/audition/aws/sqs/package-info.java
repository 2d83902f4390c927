/** Queues on SQS. May use the SDK's SQS client. */
@NullMarked
package dev.audition.aws.sqs;

import org.jspecify.annotations.NullMarked;
