/** A Kafka broker inside this JVM, for the demo, for local work and for tests. */
@NullMarked
package dev.weir.broker;

import org.jspecify.annotations.NullMarked;
