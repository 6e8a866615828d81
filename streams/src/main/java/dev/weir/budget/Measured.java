/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * A share or mean that is known from counts, with what they say of it at one look and at all looks.
 *
 * <p>Invariant: {@code lower(p) <= upper(p)}, both rise with p. {@code lower} and {@code upper} are
 * the quantile functions of the lower and upper confidence distributions: [lower(a/2), upper(1 −
 * a/2)] covers with probability 1 − a at least (Fay, Proschan and Brittain, Biometrics 2015).
 */
public interface Measured {
  /** The value itself, as estimated. */
  double estimate();

  /**
   * Quantile of the lower confidence distribution.
   *
   * @param p in (0, 1)
   */
  double lower(double p);

  /**
   * Quantile of the upper confidence distribution.
   *
   * @param p in (0, 1)
   */
  double upper(double p);

  /**
   * Bounds that hold at all times together, so that one may look as often as one likes: over the
   * whole sequence, the probability that any of them misses is at most {@code error}.
   */
  Interval always(double error);

  /** The interval of one look, fixed in advance, that misses with probability {@code error}. */
  default Interval once(double error) {
    return new Interval(lower(error / 2), upper(1 - error / 2));
  }

  /** A value that is known without error. */
  static Measured exactly(double value) {
    return new Measured() {
      @Override
      public double estimate() {
        return value;
      }

      @Override
      public double lower(double p) {
        return value;
      }

      @Override
      public double upper(double p) {
        return value;
      }

      @Override
      public Interval always(double error) {
        return new Interval(value, value);
      }
    };
  }
}
