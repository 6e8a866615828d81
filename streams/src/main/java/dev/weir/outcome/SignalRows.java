/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import dev.weir.event.Assessment;
import dev.weir.event.Contribution;
import dev.weir.event.ContributionRow;
import dev.weir.event.Decision;
import dev.weir.event.Opinion;
import dev.weir.event.OpinionRow;
import dev.weir.event.OutcomeReport;
import dev.weir.event.Score;
import dev.weir.event.Signal;
import dev.weir.event.SignalRow;
import dev.weir.policy.publish.Publication;
import dev.weir.review.Signals;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Lays signals flat, for tables and data frames: a row each. */
public final class SignalRows {
  private SignalRows() {}

  /** The signal as a row. */
  public static SignalRow of(Signal signal) {
    SignalRow.Builder row = SignalRow.newBuilder();
    row.setSource(signal.getSource().name())
        .setTaskId(signal.getTaskId())
        .setOpenedAt(signal.getOpenedAt())
        .setClosedAt(signal.getClosedAt())
        .setWeight(signal.getWeight());
    action(row, signal.getAssessment());
    score(row, signal.getAssessment().getScore());
    decision(row, signal.getAssessment().getDecision());
    OutcomeReport report = signal.getReport();
    if (report == null) {
      review(row, signal);
    } else {
      outcome(row, report);
    }
    return row.build();
  }

  private static void action(SignalRow.Builder row, Assessment assessment) {
    row.setEventId(assessment.getEventId())
        .setDigest(Publication.hex(assessment.getDigest()))
        .setAgentId(assessment.getAgentId())
        .setTool(assessment.getTool())
        .setPhase(assessment.getPhase().name())
        .setTopic(assessment.getTopic())
        .setPartition(assessment.getPartition())
        .setOffset(assessment.getOffset())
        .setOccurredAt(assessment.getOccurredAt())
        .setTaskActions(assessment.getTaskActions())
        .setPolicyDigest(Publication.hex(assessment.getPolicyDigest()))
        .setPolicyGeneration(assessment.getPolicyGeneration());
  }

  private static void score(SignalRow.Builder row, Score score) {
    row.setMagnitude(score.getMagnitude())
        .setLikelihood(score.getLikelihood())
        .setRisk(score.getRisk())
        .setMass(score.getMass())
        .setActionClass(score.getActionClass())
        .setUnscorable(score.getUnscorable())
        .setContributions(score.getContributions().stream().map(SignalRows::contribution).toList());
  }

  private static ContributionRow contribution(Contribution contribution) {
    return new ContributionRow(
        contribution.getRule(),
        contribution.getDimension().name(),
        contribution.getValue(),
        contribution.getCounted());
  }

  private static void decision(SignalRow.Builder row, Decision decision) {
    row.setReason(decision.getReason().name())
        .setPrice(decision.getPrice())
        .setBaseCost(decision.getBaseCost())
        .setInclusionProbability(decision.getInclusionProbability())
        .setReviewProbability(decision.getReviewProbability())
        .setAuditInclusion(decision.getAuditInclusion())
        .setTierProbability(decision.getTierProbability())
        .setTaskMass(decision.getTaskMass())
        .setAgentMass(decision.getAgentMass());
  }

  private static void review(SignalRow.Builder row, Signal signal) {
    OptionalDouble harm = Signals.harm(signal.getOpinions());
    row.setHarmful(harmful(signal))
        .setHarm(harm.isPresent() ? harm.getAsDouble() : null)
        .setEscalationId(signal.getEscalationId())
        .setTier(signal.getTier())
        .setRound(signal.getRound())
        .setAuditStage(signal.getAuditStage().name())
        .setReviewOutcome(signal.getOutcome().name())
        .setReviewCost(signal.getReviewCost())
        .setOpinions(signal.getOpinions().stream().map(SignalRows::opinion).toList());
  }

  private static @Nullable Boolean harmful(Signal signal) {
    return switch (signal.getOutcome()) {
      case DENIED, REPLACED, HANDED_OVER -> true;
      case APPROVED -> false;
      case PASSED_ON, EXPIRED, OTHER, GRANTED -> null;
    };
  }

  private static OpinionRow opinion(Opinion opinion) {
    return new OpinionRow(
        opinion.getReviewerId(),
        opinion.getKind().name(),
        opinion.getModel(),
        opinion.getDecision().name(),
        opinion.getHarmEstimate(),
        opinion.getCost(),
        opinion.getRationale(),
        opinion.getReceivedAt());
  }

  private static void outcome(SignalRow.Builder row, OutcomeReport report) {
    row.setHarmful(report.getHarmful())
        .setHarm(report.getHarm())
        .setOpinions(List.of())
        .setFinding(report.getFinding().name())
        .setDisposition(report.getDisposition() == null ? null : report.getDisposition().name())
        .setDiscoveredAt(report.getDiscoveredAt())
        .setFoundBy(report.getFoundBy())
        .setReporterId(report.getReporterId())
        .setCorrects(report.getCorrects());
  }
}
