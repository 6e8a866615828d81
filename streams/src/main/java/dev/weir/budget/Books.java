/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Exposure;
import dev.weir.state.ControllerState;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * What one partition has seen and spent under one policy, all cumulative.
 *
 * <p>Invariant: every figure only grows, except live tasks; actions equals the histogram's count.
 * Costs in cost units, mass in LU. Not safe for use by several threads.
 */
final class Books {
  private final int partition;
  private final byte[] policyDigest;
  private final RiskHistogram histogram;
  private final RiskHistogram tasks;
  private long sequence;
  private long exposedActions;
  private double baseCost;
  private double reviewCost;
  private double mandatoryCost;
  private long reviews;
  private double mass;
  private double capturedMass;

  private Books(int partition, byte[] policyDigest, RiskHistogram histogram, RiskHistogram tasks) {
    this.partition = partition;
    this.policyDigest = policyDigest;
    this.histogram = histogram;
    this.tasks = tasks;
  }

  static Books fresh(int partition, byte[] policyDigest) {
    return new Books(partition, policyDigest.clone(), RiskHistogram.fine(), RiskHistogram.fine());
  }

  /** Books that begin with another policy's live tasks. */
  Books succeeding(Books before) {
    return new Books(partition, policyDigest, RiskHistogram.fine(), before.tasks);
  }

  static Books restored(ControllerState state) {
    byte[] digest = new byte[state.getPolicyDigest().remaining()];
    state.getPolicyDigest().duplicate().get(digest);
    Books books =
        new Books(
            state.getPartition(),
            digest,
            RiskHistogram.fine(state.getHistogram()),
            RiskHistogram.fine(state.getTaskHistogram()));
    books.sequence = state.getSequence();
    books.exposedActions = state.getExposedActions();
    books.baseCost = state.getBaseCost();
    books.reviewCost = state.getReviewCost();
    books.mandatoryCost = state.getMandatoryCost();
    books.reviews = state.getReviews();
    books.mass = state.getMass();
    books.capturedMass = state.getCapturedMass();
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

  void add(Ask ask, double cost, boolean mandatory) {
    double added = ask.mass() > 0 && ask.mass() < Double.POSITIVE_INFINITY ? ask.mass() : 0;
    histogram.add(ask.risk(), added);
    baseCost += ask.baseCost();
    mass += added;
    if (cost > 0) {
      reviews++;
      reviewCost += cost;
      mandatoryCost += mandatory ? cost : 0;
      capturedMass += added;
    }
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

  Exposure exposure(Instant asOf) {
    sequence++;
    exposedActions = actions();
    return new Exposure(
        partition,
        ByteBuffer.wrap(policyDigest),
        sequence,
        actions(),
        baseCost,
        reviewCost,
        mandatoryCost,
        reviews,
        mass,
        capturedMass,
        tasks.count(),
        histogram.buckets(),
        tasks.buckets(),
        asOf);
  }

  void write(ControllerState state) {
    state.setPartition(partition);
    state.setPolicyDigest(ByteBuffer.wrap(policyDigest));
    state.setSequence(sequence);
    state.setExposedActions(exposedActions);
    state.setActions(actions());
    state.setBaseCost(baseCost);
    state.setReviewCost(reviewCost);
    state.setMandatoryCost(mandatoryCost);
    state.setReviews(reviews);
    state.setMass(mass);
    state.setCapturedMass(capturedMass);
    state.setTasks(tasks.count());
    state.setHistogram(histogram.buckets());
    state.setTaskHistogram(tasks.buckets());
  }
}
