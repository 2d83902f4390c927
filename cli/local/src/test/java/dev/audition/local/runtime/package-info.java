/** Tests of the task runtime; those that need an engine are tagged {@code docker}. */
@NullMarked
package dev.audition.local.runtime;

import org.jspecify.annotations.NullMarked;
