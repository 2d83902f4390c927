<<<<<<< HEAD
/** What tests of several packages share; the modules above use it as core's test-jar. */
=======
/** Fakes, contract tests and builders that the modules above test with too. */
>>>>>>> work/machine
@NullMarked
package dev.audition.core.testkit;

import org.jspecify.annotations.NullMarked;
