/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.policy.Budget;
import dev.weir.policy.Tier;
import dev.weir.state.ControllerState;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One partition's controller of review under one policy: decides which actions are worth one, and
 * keeps spend within the budget by its own books alone. A fleet price, where one is fresh, moves
 * budget between partitions; it may be late, lost or down.
 *
 * <p>Invariant: state and decisions are a function of the sequence of calls; one that is {@link
 * #restored} from {@link #state} goes on exactly as the one that wrote it. Bounded: at most 2000
 * buckets a histogram. A priced review takes credit below its floor only for an action far above
 * the partition's usual cut. Costs are in cost units, mass in LU, times are broker time in epoch
 * ms. Not safe for use by several threads.
 */
public final class Controller {
  private static final int EXPOSE_EVERY = 256;
  private static final int EXPOSE_FIRST = 16;

  private final Tier tier;
  private final Budget budget;
  private final Pricing pricing;
  private final Books books;

  private Controller(Tier tier, Budget budget, Pricing pricing, Books books) {
    this.tier = tier;
    this.budget = budget;
    this.pricing = pricing;
    this.books = books;
  }

  /** A controller that has seen nothing yet. */
  public static Controller fresh(int partition, Tier tier, Budget budget, byte[] policyDigest) {
    return new Controller(
        tier, budget, Pricing.fresh(tier, budget), Books.fresh(partition, policyDigest));
  }

  /** The controller that {@code state} was written by, under the same policy. */
  public static Controller restored(ControllerState state, Tier tier, Budget budget) {
    return new Controller(
        tier, budget, Pricing.restored(state, tier, budget), Books.restored(state));
  }

  /**
   * The controller by which a policy goes live that this one followed in shadow: its λ, from the
   * partition's recent actions as this policy scored them, with books that begin anew, the live
   * tasks and the credit of {@code before}. Neither of the two may be used any more.
   */
  public Controller succeeding(Controller before) {
    pricing.adopt(before.pricing);
    return new Controller(tier, budget, pricing, books.succeeding(before.books));
  }

  /** Whether it is of the policy with that digest. */
  public boolean isOf(ByteBuffer policyDigest) {
    return ByteBuffer.wrap(books.policyDigest()).equals(policyDigest);
  }

  /** Decides one action and charges for it. */
  public Decision decide(Ask ask) {
    Price fleet = fresh(ask);
    Cut cut = pricing.cut(ask, fleet);
    double credit = pricing.credit();
    double transfer = pricing.transfer();
    EscalationReason mandatory =
        Decisions.mandatory(ask.mandatory()) ? ask.mandatory() : EscalationReason.NONE;
    boolean must = mandatory != EscalationReason.NONE;
    double inclusion =
        must ? 1 : Decisions.inclusion(ask.risk(), ask.mass(), cut.index(), cut.share());
    boolean reviewed = ask.u() < inclusion;
    double cost = reviewed ? tier.cost() : 0;
    pricing.spend(cost);
    books.add(ask, cost, must);
    return new Decision(
        must ? mandatory : reviewed ? EscalationReason.PRICED : EscalationReason.NONE,
        reviewed ? tier.id() : "",
        cost,
        ask.baseCost(),
        Decisions.price(cut.index(), tier),
        pricing.ownPrice(),
        fleet == null ? null : (Double) fleet.getPrice(),
        fleet == null ? null : (Long) fleet.getSequence(),
        credit,
        transfer,
        cut.share(),
        inclusion,
        ask.u(),
        ask.chanceKeyId());
  }

  /**
   * A live task's mass has changed.
   *
   * @param oldMass its mass before in LU, NaN for a new task
   * @param newMass its mass now in LU
   */
  public void taskChanged(double oldMass, double newMass) {
    books.taskChanged(oldMass, newMass);
  }

  /** A live task of that mass in LU is no longer live. */
  public void taskRetired(double mass) {
    books.taskRetired(mass);
  }

  /** True if enough actions came since the last exposure: a quarter more, at most 256. */
  public boolean exposureDue() {
    long since = books.actions() - books.exposedActions();
    return since >= Math.min(EXPOSE_EVERY, Math.max(EXPOSE_FIRST, books.actions() / 4));
  }

  /** What the partition has seen and spent so far, under the next sequence number. */
  public Exposure exposure(long asOfMs) {
    return books.exposure(Instant.ofEpochMilli(asOfMs));
  }

  /** All of it, as a new record. */
  public ControllerState state() {
    ControllerState state = new ControllerState();
    books.write(state);
    pricing.write(state);
    return state;
  }

  /** Budget less spend, transfer included, in cost units, within its bounds. */
  public double credit() {
    return pricing.credit();
  }

  private @Nullable Price fresh(Ask ask) {
    Price price = ask.fleetPrice();
    if (price == null
        || !price.getPolicyDigest().equals(ByteBuffer.wrap(books.policyDigest()))
        || price.getAsOf().toEpochMilli() < ask.nowMs() - budget.priceTtlMs()
        || !(price.getPrice() > 0 && price.getPrice() < Double.POSITIVE_INFINITY)) {
      return null;
    }
    return price;
  }
}
