/** Rules about the code itself, over every module. */
@NullMarked
package dev.audition.architecture;

import org.jspecify.annotations.NullMarked;
