/** Writes requests for review. */
@NullMarked
package dev.weir.review;

import org.jspecify.annotations.NullMarked;
