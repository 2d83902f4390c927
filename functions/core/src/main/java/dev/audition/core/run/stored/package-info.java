/**
 * Runs as a store keeps them that pays for every write by its size: a small state that each commit
 * replaces, and everything that does not change any more, written once. Pure; knows the form of
 * {@link dev.audition.core.run.RunJson} and nothing else of a run.
 */
@NullMarked
package dev.audition.core.run.stored;

import org.jspecify.annotations.NullMarked;
