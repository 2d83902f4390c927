/** What tests of several packages and modules share: builders, fakes, contracts. */
@NullMarked
package dev.audition.core.testkit;

import org.jspecify.annotations.NullMarked;
