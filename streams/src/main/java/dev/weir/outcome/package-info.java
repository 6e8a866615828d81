/** What actions turned out to be, and what is learnt of them, as rows. */
@NullMarked
package dev.weir.outcome;

import org.jspecify.annotations.NullMarked;
