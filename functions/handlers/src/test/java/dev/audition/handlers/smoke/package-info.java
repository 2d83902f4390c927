/** Holds {@code infra/smoke} to what it says of itself, against a stand-in for the AWS command. */
@NullMarked
package dev.audition.handlers.smoke;

import org.jspecify.annotations.NullMarked;
