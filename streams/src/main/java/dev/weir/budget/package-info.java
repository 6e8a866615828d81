/** Prices review, decides, and measures concentration. */
@NullMarked
package dev.weir.budget;

import org.jspecify.annotations.NullMarked;
