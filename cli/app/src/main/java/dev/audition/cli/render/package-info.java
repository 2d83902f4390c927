/** Turns diagnostics, plans, progress and reports into text and JSON. Decides nothing. */
@NullMarked
package dev.audition.cli.render;

import org.jspecify.annotations.NullMarked;
