/** Audition on one machine: the Docker engine as task runtime, files as store. */
@NullMarked
package dev.audition.local;

import org.jspecify.annotations.NullMarked;
