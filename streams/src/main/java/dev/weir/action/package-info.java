/** Decodes, validates and digests the action event. */
@NullMarked
package dev.weir.action;

import org.jspecify.annotations.NullMarked;
