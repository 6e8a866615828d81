/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * What review may cost.
 *
 * @param tax review cost over action cost, in [0, 10]; 0.10 with a tier of cost 100 reviews 0.1 %
 * @param windowActions length of the long window, in actions of the fleet
 * @param startingPrice λ before any other price, in LU per cost unit; above 0
 * @param priceTtlMs age at which a fleet price is ignored, in ms of broker time
 * @param shares what one of each may take of it
 * @param ceilings above which what must be reviewed waits
 * @param costShares what one of each may say that its actions cost
 * @param accounting how the books are kept
 */
public record Budget(
    double tax,
    long windowActions,
    double startingPrice,
    long priceTtlMs,
    Shares shares,
    Ceilings ceilings,
    CostShares costShares,
    Accounting accounting) {
  /** With the usual shares, ceilings and accounting. */
  public Budget(double tax, long windowActions, double startingPrice, long priceTtlMs) {
    this(
        tax,
        windowActions,
        startingPrice,
        priceTtlMs,
        Shares.DEFAULT,
        Ceilings.DEFAULT,
        CostShares.DEFAULT,
        Accounting.DEFAULT);
  }

  /** The same at another tax. */
  public Budget withTax(double other) {
    return new Budget(
        other, windowActions, startingPrice, priceTtlMs, shares, ceilings, costShares, accounting);
  }

  /** The same with other shares. */
  public Budget withShares(Shares other) {
    return new Budget(
        tax, windowActions, startingPrice, priceTtlMs, other, ceilings, costShares, accounting);
  }

  /** The same with other accounting. */
  public Budget withAccounting(Accounting other) {
    return new Budget(
        tax, windowActions, startingPrice, priceTtlMs, shares, ceilings, costShares, other);
  }

  /** What is left for reviews of so many actions of that cost in sum, in cost units; may be < 0. */
  public double forReviews(double baseCost, double actions) {
    return tax * baseCost - accounting.scorerCost() * actions;
  }
}
