/** Whole paths: what a user types, and what comes of it on a real engine or with real files. */
@NullMarked
package dev.audition.acceptance;

import org.jspecify.annotations.NullMarked;
