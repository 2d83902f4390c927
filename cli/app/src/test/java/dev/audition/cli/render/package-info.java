@NullMarked
package dev.audition.cli.render;

import org.jspecify.annotations.NullMarked;
