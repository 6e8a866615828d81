/** Whether this process lives and is ready, and the HTTP endpoint that says so. */
@NullMarked
package dev.weir.health;

import org.jspecify.annotations.NullMarked;
