/**
 * Tasks on ECS: definitions registered once, launches, stops, descriptions, and the events that say
 * the same. May touch the core and the SDK's ECS and DynamoDB clients.
 */
@NullMarked
package dev.audition.aws.ecs;

import org.jspecify.annotations.NullMarked;
