/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.AuditStage;
import dev.weir.event.DispositionKind;
import dev.weir.event.EscalationReason;
import dev.weir.event.Opinion;
import dev.weir.event.Outcome;
import dev.weir.event.OutcomeFinding;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.ReviewerKind;
import dev.weir.event.Signal;
import dev.weir.event.SignalRow;
import dev.weir.event.VerdictDecision;
import dev.weir.state.TaskOutcomes;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What outcomes and reviews teach, and how it looks in a table. */
class SignalRowsTest {
  private static final OutcomeCheck.Counted COUNTED =
      new OutcomeCheck.Counted(ReviewerKind.PERSON, false, new TaskOutcomes(List.of(), 0L));

  @ParameterizedTest
  @CsvSource({
    "true, NONE, , HARM_UNREVIEWED",
    "true, NONE, RELEASED, HARM_UNREVIEWED",
    "true, PRICED, RELEASED, HARM_REVIEWED",
    "true, AUDIT, , HARM_REVIEWED",
    "true, PRICED, DENIED, HARM_STOPPED",
    "true, PRICED, EXPIRED, HARM_STOPPED",
    "false, PRICED, DENIED, HARMLESS_STOPPED",
    "false, PRICED, EXPIRED, HARMLESS_STOPPED",
    "false, PRICED, RELEASED, HARMLESS_PASSED",
    "false, NONE, , HARMLESS_PASSED"
  })
  void shouldSayHowTheActionWasTreatedWhenItsOutcomeIsKnown(
      boolean harmful,
      EscalationReason reason,
      @Nullable DispositionKind disposition,
      OutcomeFinding finding) {
    Outcome outcome =
        Outcomes.harmful(
            o -> {
              o.setHarmful(harmful);
              o.setDisposition(disposition);
              o.getAssessment().getDecision().setReason(reason);
            });

    assertThat(OutcomeSignals.finding(outcome)).isEqualTo(finding);
  }

  @Test
  void shouldJoinOutcomeAndAssessmentWhenItIsLaidFlat() {
    Signal signal =
        OutcomeSignals.of(Outcomes.harmful(o -> {}), COUNTED, Outcomes.NOON.toEpochMilli());

    SignalRow row = SignalRows.of(signal);

    assertThat(row.getSource()).isEqualTo("OUTCOME");
    assertThat(row.getHarmful()).isTrue();
    assertThat(row.getHarm()).isEqualTo(40);
    assertThat(row.getFinding()).isEqualTo("HARM_UNREVIEWED");
    assertThat(row.getFoundBy()).isEqualTo("incident 7");
    assertThat(row.getReporterId()).isEqualTo("dana");
    assertThat(row.getWeight()).as("no sample").isZero();
    assertThat(row.getEscalationId()).isNull();
    assertThat(row.getReviewOutcome()).isNull();
    assertThat(row.getDigest()).isEqualTo("00".repeat(32));
    assertThat(row.getPolicyDigest()).isEqualTo("0102");
    assertThat(row.getRisk()).isEqualTo(2);
    assertThat(row.getInclusionProbability()).isEqualTo(0.02);
    assertThat(row.getContributions())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.getRule()).isEqualTo("wipes");
              assertThat(one.getDimension()).isEqualTo("DESTRUCTION");
              assertThat(one.getValue()).isEqualTo(3);
            });
    assertThat(row.getClosedAt()).isEqualTo(Outcomes.NOON);
  }

  @ParameterizedTest
  @CsvSource({"DENIED, true", "REPLACED, true", "APPROVED, false", "EXPIRED, ", "PASSED_ON, "})
  void shouldLabelByWhatReviewersFoundWhenAReviewIsLaidFlat(
      ReviewOutcome outcome, @Nullable Boolean harmful) {
    SignalRow row = SignalRows.of(review(outcome));

    assertThat(row.getSource()).isEqualTo("REVIEW");
    assertThat(row.getHarmful()).isEqualTo(harmful);
    assertThat(row.getHarm()).isEqualTo(7);
    assertThat(row.getReviewOutcome()).isEqualTo(outcome.name());
    assertThat(row.getFinding()).isNull();
    assertThat(row.getOpinions())
        .singleElement()
        .satisfies(one -> assertThat(one.getDecision()).isEqualTo("DENY"));
  }

  /** Readers of tables know no unions but with null, no enums, no maps, and nothing recursive. */
  @Test
  void shouldHoldPlainColumnsOnlyWhenTablesReadIt() {
    assertThat(SignalRow.getClassSchema().getFields())
        .allSatisfy(column -> assertThat(isPlain(column.schema(), 0)).as(column.name()).isTrue());
  }

  private static boolean isPlain(Schema schema, int depth) {
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().size() == 2
              && schema.getTypes().get(0).getType() == Schema.Type.NULL
              && isPlain(schema.getTypes().get(1), depth);
      case ARRAY -> depth == 0 && isPlain(schema.getElementType(), 1);
      case RECORD ->
          depth == 1 && schema.getFields().stream().allMatch(f -> isPlain(f.schema(), 2));
      case STRING, BOOLEAN, INT, LONG, DOUBLE -> true;
      default -> false;
    };
  }

  private static Signal review(ReviewOutcome outcome) {
    return Signal.newBuilder()
        .setEscalationId("e-1")
        .setTaskId("task")
        .setTier("expert")
        .setRound(0)
        .setAuditStage(AuditStage.NONE)
        .setOutcome(outcome)
        .setOpinions(
            List.of(
                Opinion.newBuilder()
                    .setReviewerId("carol")
                    .setKind(ReviewerKind.PERSON)
                    .setDecision(VerdictDecision.DENY)
                    .setHarmEstimate(7.0)
                    .setRationale("no")
                    .setIssuedAt(Outcomes.NOON)
                    .setReceivedAt(Outcomes.NOON)
                    .build()))
        .setReviewCost(100)
        .setWeight(1)
        .setOpenedAt(Outcomes.NOON)
        .setClosedAt(Outcomes.NOON)
        .setAssessment(Outcomes.assessment())
        .build();
  }
}
