/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.policy.Policy;
import dev.weir.state.ControllerState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One partition's controller of review under one policy: decides which actions are worth one, and
 * keeps spend within the budget by its own books alone. A fleet price, where one is fresh, moves
 * budget between partitions; it may be late, lost or down.
 *
 * <p>Invariant: state and decisions are a function of the sequence of calls; one that is {@link
 * #restored} from {@link #state} goes on exactly as the one that wrote it. Bounded: at most 2000
 * buckets a histogram. Costs are in cost units, mass in LU, times are broker time in epoch ms. Not
 * safe for use by several threads.
 */
public final class Controller {
  private static final int EXPOSE_EVERY = 512;
  private static final int EXPOSE_FIRST = 16;
  private static final int EXPOSE_TELLING = 64;
  private static final int PROFILE_EVERY = 2048;

  private final Terms terms;
  private final Pricing pricing;
  private final Bounds bounds;
  private final Books books;
  private final Scoring scoring;

  private Controller(Terms terms, Pricing pricing, Bounds bounds, Books books, Scoring scoring) {
    this.terms = terms;
    this.pricing = pricing;
    this.bounds = bounds;
    this.books = books;
    this.scoring = scoring;
  }

  /** A controller that has seen nothing yet, in its partition's seat, under that policy. */
  public static Controller fresh(Seat seat, Policy policy) {
    return fresh(seat, Terms.of(policy), policy.digest());
  }

  /** The same, under terms alone. */
  public static Controller fresh(Seat seat, Terms terms, byte[] policyDigest) {
    return new Controller(
        terms,
        Pricing.fresh(terms, seat.partitions()),
        Bounds.fresh(terms, seat),
        Books.fresh(seat, policyDigest),
        new Scoring(terms.budget(), 0));
  }

  /** The controller that {@code state} was written by, under the same policy. */
  public static Controller restored(ControllerState state, Terms terms) {
    return new Controller(
        terms,
        Pricing.restored(state, terms),
        Bounds.restored(state, terms),
        Books.restored(state),
        new Scoring(terms.budget(), state.getScorerDebt()));
  }

  /**
   * The controller by which a policy goes live that this one followed in shadow: its λ, from the
   * partition's recent actions as this policy scored them, with books that begin anew, the live
   * tasks and the credit of {@code before}. Neither of the two may be used any more.
   */
  public Controller succeeding(Controller before) {
    pricing.adopt(before.pricing);
    bounds.adopt(before.bounds);
    return new Controller(terms, pricing, bounds, books.succeeding(before.books), scoring);
  }

  /** Whether it is of the policy with that digest. */
  public boolean isOf(ByteBuffer policyDigest) {
    return ByteBuffer.wrap(books.policyDigest()).equals(policyDigest);
  }

  /** Decides one action and charges for it. */
  public Decision decide(Ask told) {
    Ask ask = told.costing(bounds.believed(told));
    Price known = ofThisPolicy(ask.fleetPrice());
    Price fleet = fresh(known, ask.nowMs());
    Cut cut = pricing.cut(scoring.paid(ask), fleet);
    EscalationReason mandatory =
        Decisions.mandatory(ask.mandate().reason())
            ? ask.mandate().reason()
            : EscalationReason.NONE;
    Decision decision = new Decision();
    decision.setBaseCost(ask.baseCost());
    decision.setPrice(terms.ladder().price(cut.index()));
    decision.setOwnPrice(pricing.ownPrice());
    decision.setFleetPrice(fleet == null ? null : (Double) fleet.getPrice());
    decision.setFleetPriceSequence(fleet == null ? null : (Long) fleet.getSequence());
    decision.setCredit(pricing.usedCredit());
    decision.setFleetCredit(pricing.usedFleetCredit());
    decision.setSurcharge(pricing.surcharge());
    decision.setCutShare(cut.share());
    decision.setTaskMass(ask.unreviewed().task());
    decision.setAgentMass(ask.unreviewed().agent());
    decision.setU(ask.draws().u());
    decision.setAuditU(ask.draws().auditU());
    decision.setChanceKeyId(ask.draws().keyId());
    decision.setAuditInclusion(terms.audit().inclusion(ask.risk(), ask.mass(), ask.actionClass()));
    decision.setGrants(ask.mandate().clearance().used());
    decision.setMissingGrants(ask.mandate().clearance().missing());
    decision.setOnlyGrantsMissing(ask.mandate().onlyGrantsMissing());
    decision.setOverCeiling(bounds.over(ask));
    Precedent precedent = ask.mandate().precedent();
    decision.setInheritedRisk(precedent.raises(ask.risk()) ? (Double) precedent.risk() : null);
    decision.setRetriesSpent(precedent.spent());
    decision.setTaskClosed(precedent.closed());
    Request request = Decisions.denied(decision) ? Request.NONE : ask.request();
    decision.setRequest(bounds.fate(request, known, ask.nowMs()));
    decision.setRequestedTier(request.tier());
    int index = Decisions.index(ask.risk(), ask.mass(), decision);
    boolean must = mandatory != EscalationReason.NONE && decision.getOverCeiling().isEmpty();
    decision.setFullTiers(must ? List.of() : bounds.full(decision, index, known, ask.nowMs()));
    Decisions.settle(decision, mandatory, index, terms);
    if (Decisions.line(decision.getReason())) {
      decision.setOverCeiling(bounds.overLine(decision.getReason()));
      Decisions.settle(decision, mandatory, index, terms);
    }
    bounds.take(decision, known, ask.nowMs());
    bounds.charge(request, decision);
    double paid = decision.getReviewCost() - Decisions.apart(decision);
    pricing.spend(ask, paid, decision.getReason() != EscalationReason.PRICED);
    books.add(ask, decision, terms.budget().accounting().scorerCost());
    return decision;
  }

  /**
   * Charges another tier that is asked about an action, after the one that was decided.
   *
   * @param reason for which it was reviewed first
   * @param cost of the review, in cost units
   */
  public void askedNext(EscalationReason reason, String tier, double cost) {
    if (!Decisions.line(reason)) {
      pricing.charge(cost);
    }
    books.askedNext(reason, tier, cost);
  }

  /** Books that a reviewer has answered an audit. */
  public void auditAnswered() {
    books.auditAnswered();
  }

  /**
   * Books that reviewers found an escalated action harmful.
   *
   * @param harm in LU
   * @param prevented whether it was a proposal, which is not released
   */
  public void found(double harm, boolean prevented) {
    books.found(harm, prevented);
  }

  /** Tells what the mass of the action that was decided last comes from. */
  public void attribute(Assessment assessment) {
    books.attribute(assessment);
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

  /**
   * True if the fleet should know what has come: after 512 actions, at first after a quarter more,
   * and once so much was spent, or in 64 actions accrued, that it moves the price.
   */
  public boolean exposureDue() {
    long since = books.actions() - books.exposedActions();
    boolean timely = books.spentSinceExposed() || since >= EXPOSE_TELLING;
    return since >= Math.min(EXPOSE_EVERY, Math.max(EXPOSE_FIRST, books.actions() / 4))
        || (books.actions() >= EXPOSE_FIRST && timely && pricing.telling());
  }

  /**
   * True if an action of that broker time begins an hour, and the fleet does not know all that came
   * in the one before: telling it now, as of {@link #lastMs}, keeps hours apart.
   */
  public boolean hourOver(long nowMs) {
    return books.actions() > books.exposedActions()
        && Math.floorDiv(nowMs, Ledger.HOUR_MS) > Math.floorDiv(lastMs(), Ledger.HOUR_MS);
  }

  /** Broker time of the latest action that was decided, epoch ms. */
  public long lastMs() {
    return pricing.lastMs();
  }

  /** What the partition has seen and spent so far, under the next sequence number. */
  public Exposure exposure(long asOfMs) {
    long since = books.actions() - books.profiledActions();
    boolean profiled =
        pricing.changed()
            || since >= Math.min(PROFILE_EVERY, Math.max(EXPOSE_FIRST, books.actions() / 4));
    pricing.exposed(asOfMs, profiled);
    return books.exposure(
        Instant.ofEpochMilli(asOfMs),
        profiled ? books.profile(pricing.recent().window(), pricing.windowBaseCost()) : null);
  }

  /** All of it, as a new record. */
  public ControllerState state() {
    ControllerState state = new ControllerState();
    books.write(state);
    pricing.write(state);
    bounds.write(state);
    state.setScorerDebt(scoring.debt());
    return state;
  }

  /** Budget less spend, as far as it is this partition's, in cost units, within its bounds. */
  public double credit() {
    return pricing.credit();
  }

  private @Nullable Price ofThisPolicy(@Nullable Price price) {
    return price != null && isOf(price.getPolicyDigest()) ? price : null;
  }

  private @Nullable Price fresh(@Nullable Price price, long nowMs) {
    if (price == null
        || price.getAsOf().toEpochMilli() < nowMs - terms.budget().priceTtlMs()
        || !(price.getPrice() > 0 && price.getPrice() < Double.POSITIVE_INFINITY)
        || !(Math.abs(price.getCredit()) < Double.POSITIVE_INFINITY)
        || !(price.getWindowBaseCost() >= 0
            && price.getWindowBaseCost() < Double.POSITIVE_INFINITY)) {
      return null;
    }
    return price;
  }
}
