/** Events to EventBridge buses. May use the SDK's client for it. */
@NullMarked
package dev.audition.aws.events;

import org.jspecify.annotations.NullMarked;
