/** Avro single-object encoding: how every Weir record looks on a topic and in a store. */
@NullMarked
package dev.weir.wire;

import org.jspecify.annotations.NullMarked;
