/** How good scores are, measured offline on labelled logs. */
@org.jspecify.annotations.NullMarked
package dev.weir.evaluate;
