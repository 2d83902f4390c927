/**
 * The one table: runs and whatever else is kept, each item mapped by hand beside the expressions
 * that store it. May use the core and the SDK's DynamoDB client.
 */
@NullMarked
package dev.audition.aws.dynamo;

import org.jspecify.annotations.NullMarked;
