@NullMarked
package dev.audition.core.hook;

import org.jspecify.annotations.NullMarked;
