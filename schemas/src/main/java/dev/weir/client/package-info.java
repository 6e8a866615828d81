/** For agent runtimes: propose an action, wait for what becomes of it, say that it was done. */
@NullMarked
package dev.weir.client;

import org.jspecify.annotations.NullMarked;
