@NullMarked
package dev.audition.cli;

import org.jspecify.annotations.NullMarked;
