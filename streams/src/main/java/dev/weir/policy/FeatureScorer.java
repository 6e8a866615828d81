/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * A learned scorer that stands beside the rules: it reads the facts of one action and answers with
 * evidence. Found by {@link java.util.ServiceLoader}; a policy names it under {@code scorers}. A
 * pure function of the facts: no clock, no chance, no state. Used by several threads at once.
 */
public interface FeatureScorer {
  /** The name by which policies call it: lower-case letters, digits, '-', '_' or '.'. */
  String id();

  /**
   * What it was trained to be, for example a digest of its weights. Part of the policy's digest, so
   * that a score can be recomputed by the same weights only.
   */
  String version();

  /**
   * Evidence that the action is wrong, in log10 of the odds: above 0 for, below 0 against. What its
   * source may not attest reads as if it had been left out.
   *
   * @throws Exception if it cannot tell; the action is then unscorable, as for a number that is not
   *     finite
   */
  double logOdds(FactSource facts) throws Exception;
}
