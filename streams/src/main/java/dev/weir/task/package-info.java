/** Folds actions into their task's state. */
@NullMarked
package dev.weir.task;

import org.jspecify.annotations.NullMarked;
