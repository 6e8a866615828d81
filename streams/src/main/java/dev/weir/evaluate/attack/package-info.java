/** Searches for rewritings of an action that keep its effect and lower its score. */
@org.jspecify.annotations.NullMarked
package dev.weir.evaluate.attack;
