/** What Weir counts, and how Prometheus reads it. The only package that knows Prometheus. */
@NullMarked
package dev.weir.metrics;

import org.jspecify.annotations.NullMarked;
