/**
 * Pipelines: ordered steps, of which some are compositions; and which file of a folder is meant.
 */
@NullMarked
package dev.audition.core.pipeline;

import org.jspecify.annotations.NullMarked;
