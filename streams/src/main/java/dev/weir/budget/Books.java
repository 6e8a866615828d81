/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.RiskCount;
import dev.weir.event.RiskProfile;
import dev.weir.state.ControllerState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one partition has seen and spent under one policy, all cumulative.
 *
 * <p>Invariant: every figure only grows, except live tasks; actions equals the histogram's count.
 * Costs in cost units, mass in LU. Not safe for use by several threads.
 */
final class Books {
  private final Seat seat;
  private final byte[] policyDigest;
  private final RiskHistogram histogram;
  private final RiskHistogram tasks;
  private final Spending spending;
  private final Attribution attribution;
  private long sequence;
  private long exposedActions;
  private double baseCost;
  private double reviewCost;
  private double mandatoryCost;
  private double apartCost;
  private double scorerCost;
  private long reviews;
  private long audits;
  private long auditsAnswered;
  private long escalated;
  private double mass;
  private double capturedMass;
  private double harmFound;
  private double harmPrevented;
  private double exposedReviewCost;
  private long profiledActions;

  private Books(Seat seat, byte[] policyDigest, RiskHistogram tasks) {
    this.seat = seat;
    this.policyDigest = policyDigest;
    this.histogram = RiskHistogram.fine();
    this.tasks = tasks;
    this.spending = new Spending(List.of(), List.of());
    this.attribution = new Attribution(List.of(), List.of());
  }

  private Books(ControllerState state) {
    this.seat = new Seat(state.getPartition(), state.getPartitions());
    this.policyDigest = new byte[state.getPolicyDigest().remaining()];
    state.getPolicyDigest().duplicate().get(policyDigest);
    this.histogram = RiskHistogram.fine(state.getHistogram());
    this.tasks = RiskHistogram.fine(state.getTaskHistogram());
    this.spending = new Spending(state.getTiers(), state.getReasons());
    this.attribution = new Attribution(state.getRules(), state.getWorst());
  }

  static Books fresh(Seat seat, byte[] policyDigest) {
    return new Books(seat, policyDigest.clone(), RiskHistogram.fine());
  }

  /** Books that begin with another policy's live tasks. */
  Books succeeding(Books before) {
    return new Books(seat, policyDigest, before.tasks);
  }

  static Books restored(ControllerState state) {
    Books books = new Books(state);
    books.sequence = state.getSequence();
    books.exposedActions = state.getExposedActions();
    books.baseCost = state.getBaseCost();
    books.reviewCost = state.getReviewCost();
    books.mandatoryCost = state.getMandatoryCost();
    books.apartCost = state.getApartCost();
    books.scorerCost = state.getScorerCost();
    books.reviews = state.getReviews();
    books.audits = state.getAudits();
    books.auditsAnswered = state.getAuditsAnswered();
    books.escalated = state.getEscalated();
    books.mass = state.getMass();
    books.capturedMass = state.getCapturedMass();
    books.harmFound = state.getHarmFound();
    books.harmPrevented = state.getHarmPrevented();
    books.exposedReviewCost = state.getExposedReviewCost();
    books.profiledActions = state.getProfiledActions();
    return books;
  }

  byte[] policyDigest() {
    return policyDigest;
  }

  long actions() {
    return histogram.count();
  }

  long exposedActions() {
    return exposedActions;
  }

  long profiledActions() {
    return profiledActions;
  }

  boolean spentSinceExposed() {
    return reviewCost > exposedReviewCost;
  }

  /** Adds an action as it was decided; scoring it cost so much. */
  void add(Ask ask, Decision decision, double scoring) {
    double added = counted(ask.mass());
    histogram.add(ask.risk(), added);
    baseCost += ask.baseCost();
    scorerCost += scoring;
    mass += added;
    double cost = decision.getReviewCost();
    for (String full : decision.getFullTiers()) {
      if (!full.equals(decision.getTier())) {
        spending.asked(full);
      }
    }
    if (cost > 0) {
      reviews++;
      reviewCost += cost;
      double apart = Decisions.apart(decision);
      mandatoryCost += Decisions.mandatory(decision.getReason()) ? cost - apart : 0;
      apartCost += apart;
      boolean audit = decision.getReason() == EscalationReason.AUDIT;
      audits += audit ? 1 : 0;
      escalated += audit ? 0 : 1;
      capturedMass += audit ? 0 : added;
      spending.add(decision, audit ? 0 : added);
    }
  }

  /** Adds another tier that is asked about an action that was added before. */
  void askedNext(EscalationReason reason, String tier, double cost) {
    reviews++;
    reviewCost += cost;
    mandatoryCost += Decisions.mandatory(reason) ? cost : 0;
    apartCost += Decisions.line(reason) ? cost : 0;
    audits += reason == EscalationReason.AUDIT ? 1 : 0;
    spending.askedNext(reason, tier, cost);
  }

  /** A reviewer has answered an audit. */
  void auditAnswered() {
    auditsAnswered++;
  }

  /** Reviewers found an escalated action harmful. */
  void found(double harm, boolean prevented) {
    harmFound += counted(harm);
    harmPrevented += prevented ? counted(harm) : 0;
  }

  /** Tells what the action that was added last comes from. */
  void attribute(Assessment assessment) {
    double added = assessment.getCarriesOut() ? 0 : counted(assessment.getScore().getMass());
    if (added > 0) {
      attribution.add(assessment, added);
    }
  }

  private static double counted(double mass) {
    return mass > 0 && mass < Double.POSITIVE_INFINITY ? mass : 0;
  }

  void taskChanged(double oldMass, double newMass) {
    if (!Double.isNaN(oldMass)) {
      taskRetired(oldMass);
    }
    tasks.add(Math.log10(newMass), newMass);
  }

  void taskRetired(double taskMass) {
    tasks.remove(Math.log10(taskMass), taskMass);
  }

  RiskProfile profile(List<RiskCount> window, double windowBaseCost) {
    profiledActions = actions();
    return new RiskProfile(
        window,
        windowBaseCost,
        histogram.buckets(),
        tasks.buckets(),
        attribution.toldRules(),
        attribution.worst());
  }

  Exposure exposure(Instant asOf, @Nullable RiskProfile profile) {
    sequence++;
    exposedActions = actions();
    exposedReviewCost = reviewCost;
    return new Exposure(
        seat.partition(),
        ByteBuffer.wrap(policyDigest),
        sequence,
        actions(),
        baseCost,
        reviewCost,
        mandatoryCost,
        apartCost,
        scorerCost,
        reviews,
        audits,
        auditsAnswered,
        escalated,
        mass,
        capturedMass,
        harmFound,
        harmPrevented,
        tasks.count(),
        spending.tiers(),
        spending.reasons(),
        profile,
        asOf);
  }

  void write(ControllerState state) {
    state.setPartition(seat.partition());
    state.setPartitions(seat.partitions());
    state.setPolicyDigest(ByteBuffer.wrap(policyDigest));
    state.setSequence(sequence);
    state.setExposedActions(exposedActions);
    state.setActions(actions());
    state.setBaseCost(baseCost);
    state.setReviewCost(reviewCost);
    state.setMandatoryCost(mandatoryCost);
    state.setApartCost(apartCost);
    state.setScorerCost(scorerCost);
    state.setReviews(reviews);
    state.setAudits(audits);
    state.setAuditsAnswered(auditsAnswered);
    state.setEscalated(escalated);
    state.setMass(mass);
    state.setCapturedMass(capturedMass);
    state.setHarmFound(harmFound);
    state.setHarmPrevented(harmPrevented);
    state.setTasks(tasks.count());
    state.setExposedReviewCost(exposedReviewCost);
    state.setProfiledActions(profiledActions);
    state.setTiers(spending.tiers());
    state.setReasons(spending.reasons());
    state.setRules(attribution.rules());
    state.setWorst(attribution.worst());
    state.setHistogram(histogram.buckets());
    state.setTaskHistogram(tasks.buckets());
  }
}
