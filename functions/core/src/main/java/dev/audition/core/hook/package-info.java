/**
 * What a pipeline wants done when a step or the run has its verdict: notifications to send and
 * annotations to keep; which addresses may be sent to, and how a message is signed. Values only.
 */
@NullMarked
package dev.audition.core.hook;

import org.jspecify.annotations.NullMarked;
