/**
 * Thousands of runs in virtual time: the real admission, run machine and service over a Fargate
 * that is played. Its times, quotas and prices come from {@code bench/admission.json}.
 */
@NullMarked
package dev.audition.core.simulation;

import org.jspecify.annotations.NullMarked;
