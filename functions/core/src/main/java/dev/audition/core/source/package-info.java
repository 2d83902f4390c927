/** How the core asks for the text of a file it was told about; the edge answers. */
@NullMarked
package dev.audition.core.source;

import org.jspecify.annotations.NullMarked;
