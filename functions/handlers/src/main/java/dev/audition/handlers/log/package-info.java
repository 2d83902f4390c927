/**
 * Lines that CloudWatch understands: JSON logs, metrics in the embedded format, and what the SDK
 * says through SLF4J. Never a value of a variable.
 */
@NullMarked
package dev.audition.handlers.log;

import org.jspecify.annotations.NullMarked;
