/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.action.Actions;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Phase;
import dev.weir.event.Score;
import dev.weir.state.AskedTier;
import dev.weir.state.TaskObjective;
import dev.weir.task.FoldRules;
import dev.weir.task.Folded;
import dev.weir.task.RecentActions;
import dev.weir.task.Sighting;
import dev.weir.task.TaskFold;
import dev.weir.task.TaskSnapshot;
import dev.weir.task.Timing;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewTest {
  private static final SingleObject<Escalation> CODEC = SingleObject.of(Escalation.class);
  private static final AskedTier TIER = new AskedTier("expert", 100.0, 3_600_000L, 1, "AGENT");
  private static final ByteBuffer POLICY = ByteBuffer.wrap(new byte[] {1, 2});
  private static final long ASKED_MS = Actions.RECEIVED.toEpochMilli() + 77;
  private static final byte[] NONCE = {0, 15, (byte) 255};

  private final Action action =
      Actions.minimal().with("phase", "\"PROPOSED\"").with("novel_key", "1").action();
  private final Score score = new Score(3.0, -1.0, 2.0, 100.0, "mail", false, List.of());
  private final Decision decision =
      Decision.newBuilder()
          .setGrants(List.of())
          .setMissingGrants(List.of())
          .setReason(EscalationReason.PRICED)
          .setTier("expert")
          .setReviewCost(100)
          .setBaseCost(1)
          .setPrice(0.5)
          .setCredit(0)
          .setCutShare(1)
          .setInclusionProbability(1)
          .setU(0.25)
          .setChanceKeyId("key")
          .build();

  @Test
  void shouldWriteDownWhatItIsWhenActionIsAssessed() {
    Assessment assessment = assessment(Sighting.NEW);

    assertThat(assessment.getEventId()).isEqualTo("e-1");
    assertThat(assessment.getTaskId()).isEqualTo("t-1");
    assertThat(assessment.getAgentId()).isEqualTo("a-1");
    assertThat(assessment.getTool()).isEqualTo("send_mail");
    assertThat(assessment.getPhase()).isEqualTo(Phase.PROPOSED);
    assertThat(assessment.getDigest()).isEqualTo(ByteBuffer.wrap(action.digest()));
    assertThat(assessment.getTopic()).isEqualTo("weir.actions");
    assertThat(assessment.getPartition()).isEqualTo(3);
    assertThat(assessment.getOffset()).isEqualTo(41);
    assertThat(assessment.getOccurredAt()).isEqualTo(Instant.parse("2026-03-01T11:59:58.125Z"));
    assertThat(assessment.getReceivedAt()).isEqualTo(Actions.RECEIVED);
    assertThat(assessment.getUnknownKeys()).isEqualTo(1);
    assertThat(assessment.getTaskActions()).isEqualTo(1);
    assertThat(assessment.getPolicyDigest()).isEqualTo(POLICY);
    assertThat(assessment.getScore()).isEqualTo(score);
    assertThat(assessment.getDecision()).isEqualTo(decision);
  }

  @Test
  void shouldFlagSightingWhenItIsMoreThanNew() {
    assertThat(flags(Sighting.NEW)).containsExactly(false, false);
    assertThat(flags(Sighting.ID_CONFLICT)).containsExactly(true, false);
    assertThat(flags(Sighting.CARRIES_OUT)).containsExactly(false, true);
  }

  @Test
  void shouldTellTimingWhenActionIsLate() {
    Folded folded = new Folded(folded().core(), new Timing(5_000, true, true), 0, 0);

    Assessment assessment = Assessments.of(action, Sighting.NEW, score, folded, decision, POLICY);

    assertThat(assessment.getTaskTime()).isEqualTo(Instant.ofEpochMilli(5_000));
    assertThat(assessment.getOutOfOrder()).isTrue();
    assertThat(assessment.getLate()).isTrue();
  }

  @Test
  void shouldCarryAllThatReviewerNeedsWhenEscalated() {
    Escalation escalation = escalation(1 << 20);

    assertThat(escalation.getEscalationId()).isEqualTo("000fff");
    assertThat(escalation.getNonce()).isEqualTo(ByteBuffer.wrap(NONCE));
    assertThat(escalation.getTaskId()).isEqualTo("t-1");
    assertThat(escalation.getTier()).isEqualTo("expert");
    assertThat(escalation.getReason()).isEqualTo(EscalationReason.PRICED);
    assertThat(escalation.getDigest()).isEqualTo(ByteBuffer.wrap(action.digest()));
    assertThat(escalation.getCovers()).containsExactly(ByteBuffer.wrap(action.digest()));
    assertThat(escalation.getAction()).isEqualTo(ByteBuffer.wrap(action.value()));
    assertThat(escalation.getActionTruncated()).isFalse();
    assertThat(escalation.getAssessment()).isEqualTo(assessment(Sighting.NEW));
    assertThat(escalation.getContext().getObjective()).isEqualTo("Pay.");
    assertThat(CODEC.decode(CODEC.encode(escalation))).isEqualTo(escalation);
  }

  @Test
  void shouldCountTheDeadlineFromWhenTheReviewerIsAskedWhenTierAllowsAnHour() {
    assertThat(escalation(1 << 20).getDeadline())
        .isEqualTo(Instant.ofEpochMilli(ASKED_MS + 3_600_000));
  }

  @Test
  void shouldCutTheActionWhenItDoesNotFit() {
    int length = action.value().length;

    assertThat(escalation(length).getActionTruncated()).isFalse();
    Escalation cut = escalation(length - 1);
    assertThat(cut.getActionTruncated()).isTrue();
    assertThat(cut.getAction()).isEqualTo(ByteBuffer.wrap(action.value(), 0, length - 1));
    assertThat(cut.getDigest()).isEqualTo(ByteBuffer.wrap(action.digest()));
  }

  private Escalation escalation(int maxActionBytes) {
    TaskSnapshot before =
        TaskSnapshot.of(null, RecentActions.none(), new TaskObjective("Pay.", true), 0);
    return Escalations.of(
        action,
        assessment(Sighting.NEW),
        before,
        TIER,
        NONCE,
        Escalations.Covered.only(action),
        new Escalations.Terms(ASKED_MS, maxActionBytes));
  }

  private Assessment assessment(Sighting sighting) {
    return Assessments.of(action, sighting, score, folded(), decision, POLICY);
  }

  private List<Boolean> flags(Sighting sighting) {
    Assessment assessment = assessment(sighting);
    return List.of(assessment.getIdConflict(), assessment.getCarriesOut());
  }

  private Folded folded() {
    return new TaskFold(FoldRules.DEFAULT).fold(null, action, 2, 100);
  }
}
