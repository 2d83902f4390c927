/**
 * Tasks as ECS knows them, on the Docker engine: one pause container owns the network namespace and
 * the hosts file, the others join it. Touches the engine and nothing else but log files.
 */
@NullMarked
package dev.audition.local.runtime;

import org.jspecify.annotations.NullMarked;
