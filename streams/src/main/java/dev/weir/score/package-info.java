/**
 * Judges how bad an action would be if it is wrong, and how likely that is.
 *
 * <p>{@link dev.weir.score.PolicyScorer} finds candidate rules by index, evaluates them over the
 * facts of the action, which parsers read from its arguments on demand, and adds up what they
 * contribute.
 */
@NullMarked
package dev.weir.score;

import org.jspecify.annotations.NullMarked;
