/** Fakes, contract tests and builders that the modules above test with too. */
@NullMarked
package dev.audition.core.testkit;

import org.jspecify.annotations.NullMarked;
