/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.event.Concentration;
import dev.weir.event.Distribution;
import dev.weir.event.EscalationReason;
import dev.weir.event.LedgerHour;
import dev.weir.event.LorenzPoint;
import dev.weir.event.LossBalance;
import dev.weir.event.ReasonSpend;
import dev.weir.event.RulePart;
import dev.weir.event.TailIndex;
import dev.weir.event.TailMeaning;
import dev.weir.event.TierSpend;
import dev.weir.event.Viability;
import dev.weir.event.ViabilityAnswer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** What a fleet's concentration and ledger may tell. */
final class FleetNews {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private FleetNews() {}

  /** With these costs, in cost units. */
  static Concentration concentration(double base, double review, double mandatory) {
    TailIndex tail = new TailIndex(1.5, 0.15, 100L, 2.0, TailMeaning.UNSTABLE);
    return Concentration.newBuilder()
        .setPolicyDigest(ByteBuffer.allocate(32))
        .setSequence(1)
        .setActions(
            new Distribution(100L, 5e4, 0.9, 0.7, 0.5, List.of(new LorenzPoint(0.9, 0.2)), tail))
        .setTasks(new Distribution(10L, 5e4, 0.8, 0.4, 0.3, List.of(), null))
        .setTopRule(new RulePart("pay", 0.6))
        .setTopTenShare(0.3)
        .setAgents(null)
        .setWorst(List.of())
        .setScorerCost(0)
        .setConfirmed(null)
        .setCapturedShare(0.9)
        .setReviews(2)
        .setAudits(30)
        .setAuditsAnswered(12)
        .setBaseCost(base)
        .setReviewCost(review)
        .setMandatoryCost(mandatory)
        .setApartCost(5)
        .setBudgetTax(0.1)
        .setViability(new Viability(ViabilityAnswer.UNKNOWN, 12L, 0.8))
        .setPartitions(4)
        .setAsOf(Instant.EPOCH)
        .build();
  }

  /** The hour from then on, in which one review was made for that reason. */
  static LedgerHour hour(Instant start, EscalationReason reason) {
    return LedgerHour.newBuilder()
        .setHour(start)
        .setPolicyDigest(ByteBuffer.allocate(32))
        .setActions(1000)
        .setBaseCost(1000)
        .setScorerCost(20)
        .setReviewCost(100)
        .setTax(0.12)
        .setBudgetTax(0.1)
        .setTiers(List.of(new TierSpend("expert", 1L, 100.0, 1L, 50.0)))
        .setReasons(List.of(new ReasonSpend(reason, 1L, 100.0)))
        .setMass(80)
        .setMassReviewed(50)
        .setConfirmed(null)
        .setAsserted(new LossBalance(45.0, 35.0, -75.0))
        .setAsOf(start)
        .build();
  }
}
