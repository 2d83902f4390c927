/** Programs of this machine that are asked something: git, credential helpers. Starts processes. */
@NullMarked
package dev.audition.local.process;

import org.jspecify.annotations.NullMarked;
