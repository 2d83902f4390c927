/** The output of containers in CloudWatch Logs. May touch the core and the SDK's Logs client. */
@NullMarked
package dev.audition.aws.logs;

import org.jspecify.annotations.NullMarked;
