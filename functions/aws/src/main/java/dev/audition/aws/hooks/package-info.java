/**
 * Sends notifications: HTTP posts that reach nothing but the public internet, and the way to topics
 * and buses. The only place of the project that connects to addresses a user's file names; it needs
 * nothing of the SDK, so that the laptop uses the same code.
 */
@NullMarked
package dev.audition.aws.hooks;

import org.jspecify.annotations.NullMarked;
