/** Holds {@code template.yaml} to the code and to what is written beside it; reads files only. */
@NullMarked
package dev.audition.handlers.template;

import org.jspecify.annotations.NullMarked;
