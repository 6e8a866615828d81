/** How records look in stores. */
@NullMarked
package dev.weir.serde;

import org.jspecify.annotations.NullMarked;
