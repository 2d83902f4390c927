/** The Docker engine: how it is reached and spoken to. The only place that opens connections. */
@NullMarked
package dev.audition.local.docker;

import org.jspecify.annotations.NullMarked;
