/** The lease: a process of ours that removes what a run leaves behind, whatever ended its owner. */
@NullMarked
package dev.audition.local.keeper;

import org.jspecify.annotations.NullMarked;
