/**
 * Which queued runs begin next. Deciding is pure; {@link
 * dev.audition.core.run.admission.AdmissionService} and {@link
 * dev.audition.core.run.admission.RunQueue} are the only callers of the store.
 */
@NullMarked
package dev.audition.core.run.admission;

import org.jspecify.annotations.NullMarked;
