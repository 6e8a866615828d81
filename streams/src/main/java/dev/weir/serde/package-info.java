/** How records look in stores, and to people. */
@NullMarked
package dev.weir.serde;

import org.jspecify.annotations.NullMarked;
