/** A simulated fleet of agents, with known truth, for the demo and for tests. */
@NullMarked
package dev.weir.fleet;

import org.jspecify.annotations.NullMarked;
