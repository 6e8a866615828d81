/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.RiskCount;
import dev.weir.event.RiskProfile;
import dev.weir.event.TierSpend;
import dev.weir.state.ControllerState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private long sequence;
  private long exposedActions;
  private double baseCost;
  private double reviewCost;
  private double mandatoryCost;
  private long reviews;
  private long audits;
  private double mass;
  private double capturedMass;
  private double exposedReviewCost;
  private long profiledActions;
  private final Map<String, TierSpend> tiers = new TreeMap<>();

  private Books(Seat seat, byte[] policyDigest, RiskHistogram histogram, RiskHistogram tasks) {
    this.seat = seat;
    this.policyDigest = policyDigest;
    this.histogram = histogram;
    this.tasks = tasks;
  }

  static Books fresh(Seat seat, byte[] policyDigest) {
    return new Books(seat, policyDigest.clone(), RiskHistogram.fine(), RiskHistogram.fine());
  }

  /** Books that begin with another policy's live tasks. */
  Books succeeding(Books before) {
    return new Books(seat, policyDigest, RiskHistogram.fine(), before.tasks);
  }

  static Books restored(ControllerState state) {
    byte[] digest = new byte[state.getPolicyDigest().remaining()];
    state.getPolicyDigest().duplicate().get(digest);
    Books books =
        new Books(
            new Seat(state.getPartition(), state.getPartitions()),
            digest,
            RiskHistogram.fine(state.getHistogram()),
            RiskHistogram.fine(state.getTaskHistogram()));
    books.sequence = state.getSequence();
    books.exposedActions = state.getExposedActions();
    books.baseCost = state.getBaseCost();
    books.reviewCost = state.getReviewCost();
    books.mandatoryCost = state.getMandatoryCost();
    books.reviews = state.getReviews();
    books.audits = state.getAudits();
    books.mass = state.getMass();
    books.capturedMass = state.getCapturedMass();
    books.exposedReviewCost = state.getExposedReviewCost();
    books.profiledActions = state.getProfiledActions();
    state.getTiers().forEach(spend -> books.tiers.put(spend.getTier(), spend));
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

  void add(Ask ask, Decision decision) {
    double added = ask.mass() > 0 && ask.mass() < Double.POSITIVE_INFINITY ? ask.mass() : 0;
    histogram.add(ask.risk(), added);
    baseCost += ask.baseCost();
    mass += added;
    double cost = decision.getReviewCost();
    for (String full : decision.getFullTiers()) {
      if (!full.equals(decision.getTier())) {
        spend(full).setAsked(spend(full).getAsked() + 1);
      }
    }
    if (cost > 0) {
      reviews++;
      reviewCost += cost;
      mandatoryCost += Decisions.mandatory(decision.getReason()) ? cost : 0;
      if (decision.getReason() == EscalationReason.AUDIT) {
        audits++;
      } else {
        capturedMass += added;
      }
      TierSpend spend = spend(decision.getTier());
      spend.setReviews(spend.getReviews() + 1);
      spend.setAsked(spend.getAsked() + 1);
      spend.setCost(spend.getCost() + cost);
    }
  }

  private TierSpend spend(String id) {
    return tiers.computeIfAbsent(id, tier -> new TierSpend(tier, 0L, 0.0, 0L));
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
    return new RiskProfile(window, windowBaseCost, histogram.buckets(), tasks.buckets());
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
        reviews,
        audits,
        0L, // nobody answers yet
        mass,
        capturedMass,
        tasks.count(),
        tierSpend(),
        profile,
        asOf);
  }

  private List<TierSpend> tierSpend() {
    return tiers.values().stream().map(spend -> TierSpend.newBuilder(spend).build()).toList();
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
    state.setReviews(reviews);
    state.setAudits(audits);
    state.setMass(mass);
    state.setCapturedMass(capturedMass);
    state.setTasks(tasks.count());
    state.setExposedReviewCost(exposedReviewCost);
    state.setProfiledActions(profiledActions);
    state.setTiers(tierSpend());
    state.setHistogram(histogram.buckets());
    state.setTaskHistogram(tasks.buckets());
  }
}
