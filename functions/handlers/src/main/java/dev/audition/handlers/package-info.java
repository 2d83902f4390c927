/**
 * The Lambda entry points and what they are wired from. May use the core and the adapters of {@code
 * dev.audition.aws}; decides nothing itself.
 */
@NullMarked
package dev.audition.handlers;

import org.jspecify.annotations.NullMarked;
