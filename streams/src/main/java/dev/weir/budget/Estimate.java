/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * An estimate with two intervals of the same confidence.
 *
 * @param value the estimate
 * @param once holds at one look, chosen before the audits began
 * @param always holds at all looks together: show this one live
 */
public record Estimate(double value, Interval once, Interval always) {
  /** The same, times {@code factor} above 0. */
  Estimate times(double factor) {
    return new Estimate(
        value * factor,
        new Interval(once.low() * factor, once.high() * factor),
        new Interval(always.low() * factor, always.high() * factor));
  }
}
