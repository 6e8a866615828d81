/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.event.Dimension;

/**
 * A learned scorer's part in the score.
 *
 * @param scorer it
 * @param combine how its evidence joins that of the rules
 * @param dimension the kind of evidence that it gives
 * @param weight what its log-odds are multiplied by
 */
public record ScorerPart(
    FeatureScorer scorer, Combine combine, Dimension dimension, double weight) {
  /** How evidence joins the rest of its dimension. */
  public enum Combine {
    /** The largest of the dimension counts, as among rules. */
    MAX,
    /** It is added to the largest of the dimension. */
    ADD
  }
}
