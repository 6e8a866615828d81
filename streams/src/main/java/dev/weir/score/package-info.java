/** Judges how bad an action would be if it is wrong, and how likely that is. */
@NullMarked
package dev.weir.score;

import org.jspecify.annotations.NullMarked;
