/** The audition command: commands and rendering, no decisions. */
@NullMarked
package dev.audition.cli;

import org.jspecify.annotations.NullMarked;
