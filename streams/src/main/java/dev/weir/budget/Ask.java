/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Price;
import org.jspecify.annotations.Nullable;

/**
 * What a controller is asked about one action.
 *
 * @param risk log10 of expected loss in LU; NaN counts as the highest: it fails closed
 * @param mass 10^risk, in LU; what is not finite and above 0 adds no mass to the books
 * @param actionClass its class in the policy, or ""
 * @param baseCost the action's own cost in cost units; finite, at least 0
 * @param mandate why it is reviewed whatever the price
 * @param draws what chance says of it, from {@link Chance#draws}
 * @param fleetPrice the latest known, or null
 * @param belonging by which review is shared out
 * @param unreviewed what has added up towards the lines
 * @param nowMs broker time of the record, epoch ms
 * @param request for a review, by who acts
 */
public record Ask(
    double risk,
    double mass,
    String actionClass,
    double baseCost,
    Mandate mandate,
    Draws draws,
    @Nullable Price fleetPrice,
    Belonging belonging,
    Unreviewed unreviewed,
    long nowMs,
    Request request) {

  /** Refuses a base cost that would spoil the books. */
  public Ask {
    if (!(baseCost >= 0 && baseCost < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("base cost: " + baseCost);
    }
  }

  /** Of an action that asks for no review. */
  public Ask(
      double risk,
      double mass,
      String actionClass,
      double baseCost,
      Mandate mandate,
      Draws draws,
      @Nullable Price fleetPrice,
      Belonging belonging,
      Unreviewed unreviewed,
      long nowMs) {
    this(
        risk,
        mass,
        actionClass,
        baseCost,
        mandate,
        draws,
        fleetPrice,
        belonging,
        unreviewed,
        nowMs,
        Request.NONE);
  }

  /** The same at another base cost. */
  Ask costing(double cost) {
    return cost == baseCost
        ? this
        : new Ask(
            risk,
            mass,
            actionClass,
            cost,
            mandate,
            draws,
            fleetPrice,
            belonging,
            unreviewed,
            nowMs,
            request);
  }
}
