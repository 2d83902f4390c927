/** The files around a composition and the git work tree they stand in; reads files, runs git. */
@NullMarked
package dev.audition.local.workspace;

import org.jspecify.annotations.NullMarked;
