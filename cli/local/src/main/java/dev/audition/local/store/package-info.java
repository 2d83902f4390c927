/** Runs as files: one folder per run, readable by other processes at any moment. */
@NullMarked
package dev.audition.local.store;

import org.jspecify.annotations.NullMarked;
