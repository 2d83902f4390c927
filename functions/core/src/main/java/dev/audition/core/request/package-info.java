/** What somebody asks a deployment to run: the message, read with all that is wrong with it. */
@NullMarked
package dev.audition.core.request;

import org.jspecify.annotations.NullMarked;
