/** What is configured: weir.properties, and the topics. */
@NullMarked
package dev.weir.config;

import org.jspecify.annotations.NullMarked;
