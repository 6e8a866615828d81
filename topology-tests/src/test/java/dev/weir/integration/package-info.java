/** The monitor on a real broker: what it loses, repeats, refuses and survives. */
package dev.weir.integration;
