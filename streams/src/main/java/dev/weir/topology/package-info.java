/** The map of the stream: one build() that reads top to bottom, and one thin processor a stage. */
@NullMarked
package dev.weir.topology;

import org.jspecify.annotations.NullMarked;
