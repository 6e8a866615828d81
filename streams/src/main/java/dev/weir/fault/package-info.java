/** What is refused, and what happens when something breaks. */
@NullMarked
package dev.weir.fault;

import org.jspecify.annotations.NullMarked;
