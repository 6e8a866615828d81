/** State stores: their names, their bytes, and the one that keeps live objects. */
@NullMarked
package dev.weir.store;

import org.jspecify.annotations.NullMarked;
