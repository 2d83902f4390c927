/** What tests of several packages share; the modules above use it as core's test-jar. */
@NullMarked
package dev.audition.core.testkit;

import org.jspecify.annotations.NullMarked;
