/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import dev.weir.event.Assessment;
import dev.weir.event.AuditStage;
import dev.weir.event.DispositionKind;
import dev.weir.event.EscalationReason;
import dev.weir.event.Outcome;
import dev.weir.event.OutcomeFinding;
import dev.weir.event.OutcomeReport;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Signal;
import dev.weir.event.SignalSource;
import java.time.Instant;
import java.util.List;

/** What an outcome teaches, ready for training. */
public final class OutcomeSignals {
  private OutcomeSignals() {}

  /** The signal of an outcome that counts, which the broker appended at that time, epoch ms. */
  public static Signal of(Outcome outcome, OutcomeCheck.Counted counted, long atMs) {
    Assessment assessment = outcome.getAssessment();
    return Signal.newBuilder()
        .setSource(SignalSource.OUTCOME)
        .setEscalationId("")
        .setTaskId(outcome.getTaskId())
        .setTier("")
        .setRound(0)
        .setAuditStage(AuditStage.NONE)
        .setOutcome(ReviewOutcome.OTHER)
        .setOpinions(List.of())
        .setReviewCost(0)
        .setWeight(0)
        .setOpenedAt(assessment.getReceivedAt())
        .setClosedAt(Instant.ofEpochMilli(atMs))
        .setAssessment(assessment)
        .setReport(
            OutcomeReport.newBuilder()
                .setFinding(finding(outcome))
                .setHarmful(outcome.getHarmful())
                .setHarm(outcome.getHarm())
                .setDisposition(outcome.getDisposition())
                .setDiscoveredAt(outcome.getDiscoveredAt())
                .setFoundBy(outcome.getFoundBy())
                .setReporterId(outcome.getReporterId())
                .setReporterKind(counted.reporterKind())
                .setCorrects(counted.corrects())
                .build())
        .build();
  }

  /** What an outcome says of how its action was treated. */
  public static OutcomeFinding finding(Outcome outcome) {
    DispositionKind disposition = outcome.getDisposition();
    boolean stopped =
        disposition == DispositionKind.DENIED || disposition == DispositionKind.EXPIRED;
    if (!outcome.getHarmful()) {
      return stopped ? OutcomeFinding.HARMLESS_STOPPED : OutcomeFinding.HARMLESS_PASSED;
    } else if (stopped) {
      return OutcomeFinding.HARM_STOPPED;
    }
    return outcome.getAssessment().getDecision().getReason() == EscalationReason.NONE
        ? OutcomeFinding.HARM_UNREVIEWED
        : OutcomeFinding.HARM_REVIEWED;
  }
}
