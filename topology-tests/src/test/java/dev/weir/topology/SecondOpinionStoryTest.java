/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.AuditStage;
import dev.weir.event.AuditTally;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Signal;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Of the proposals that reviewers deny a part is looked at again by others, and stays denied. */
class SecondOpinionStoryTest {
  private static final Instant LATER = Flume.NOON.plusSeconds(60);
  private static final Instant LATER_STILL = Flume.NOON.plusSeconds(120);

  private static Flume open(double denials) {
    return open(denials, Policies.draft(1e9).yaml());
  }

  private static Flume open(double denials, String yaml) {
    Policy policy =
        Policies.load(
            yaml.replace(
                    "tiers:\n",
                    "tiers:\n  - {id: look, cost: 0.1, assurance: 1e-6, deadline: 1h}\n")
                .concat(
                    "audit: {least: 0.001, screen: look, confirm: expert, denials: %s}\n"
                        .formatted(denials)));
    Flume flume = Flume.open(policy, Map.of());
    flume.register(Jury.person("ann", "expert"), Jury.person("ben", "expert"));
    flume.send(Act.of("harmless").task("t-2").tool("touch"));
    return flume;
  }

  private static Act dangerous(String eventId) {
    return Act.of(eventId).task("t-1").text("phase", "PROPOSED").tool("transfer").loses(8);
  }

  /** The escalation that is asked after ann has denied a proposal. */
  private static Escalation denied(Flume flume, VerdictDecision decision) {
    flume.send(dangerous("e-1"));
    Escalation first = flume.escalation();
    assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.HELD);
    flume.answer(
        Jury.says(
            "ann",
            first,
            decision,
            verdict -> {
              verdict.setReplacementArguments("{\"loss\":0.0}");
              verdict.setHandoverAgent("another");
            }),
        LATER);
    assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.DENIED);
    assertThat(flume.signal().getWeight()).isEqualTo(1);
    Escalation again = flume.escalation();
    assertThat(again.getEscalationId()).isNotEqualTo(first.getEscalationId());
    assertThat(again.getDigest()).isEqualTo(first.getDigest());
    return again;
  }

  @Test
  void shouldAskOthersAndReleaseNothingWhenAProposalIsDenied() {
    try (Flume flume = open(0.9999)) {
      Escalation again = denied(flume, VerdictDecision.DENY);
      assertThat(again.getTier()).isEqualTo("expert");
      assertThat(again.getAuditStage()).as("nothing tells").isEqualTo(AuditStage.NONE);
      assertThat(again.getRound()).as("it was asked first, too").isZero();
      assertThat(again.getReason()).isEqualTo(again.getAssessment().getDecision().getReason());

      flume.answer(Jury.says("ann", again, VerdictDecision.APPROVE), LATER_STILL);
      assertThat(flume.deadLetter().getReason()).isEqualTo(RefusalReason.NOT_INDEPENDENT);
      flume.answer(Jury.says("ben", again, VerdictDecision.APPROVE), LATER_STILL);

      assertThat(flume.dispositions()).as("denied it stays").isEmpty();
      Signal signal = flume.signal();
      assertThat(signal.getAuditStage()).isEqualTo(AuditStage.SECOND_OPINION);
      assertThat(signal.getOutcome()).isEqualTo(ReviewOutcome.APPROVED);
      assertThat(signal.getWeight()).isEqualTo(1 / 0.9999);
      assertThat(counted(flume, ReviewOutcome.APPROVED)).isEqualTo(1);
      List<dev.weir.event.AuditReport> reports = flume.auditReports();
      AuditTally total = reports.get(reports.size() - 1).getAccount().getTotal();
      assertThat(total.getSecondOpinions()).isEqualTo(1);
      assertThat(total.getDeniedInVain()).isEqualTo(1);
      assertThat(total.getCaught()).as("what was caught is counted once").isEqualTo(1);

      flume.send(dangerous("e-1"), LATER_STILL);
      Disposition repeated = flume.disposition();
      assertThat(repeated.getKind()).isEqualTo(DispositionKind.DENIED);
      assertThat(repeated.getRepeats()).isTrue();
      skipRest(flume);
    }
  }

  @Test
  void shouldLeaveItAtThatWhenNobodyElseAnswers() {
    try (Flume flume = open(0.9999)) {
      denied(flume, VerdictDecision.HANDOVER);
      flume.skip(flume.topics().handovers());

      flume.pass(Duration.ofHours(5));

      assertThat(flume.notices()).hasSize(1);
      assertThat(flume.dispositions()).isEmpty();
      assertThat(flume.signal().getOutcome()).isEqualTo(ReviewOutcome.EXPIRED);
      assertThat(counted(flume, ReviewOutcome.EXPIRED)).isEqualTo(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldCountADenialThatHoldsWhenOthersDenyToo() {
    try (Flume flume = open(0.9999)) {
      Escalation again = denied(flume, VerdictDecision.REPLACE);

      flume.answer(Jury.says("ben", again, VerdictDecision.DENY), LATER_STILL);

      assertThat(flume.dispositions()).isEmpty();
      assertThat(flume.escalations()).as("nobody looks a third time").isEmpty();
      assertThat(counted(flume, ReviewOutcome.DENIED)).isEqualTo(1);
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldFindNothingTwiceOfAnAgentWhenOthersDenyToo() {
    try (Flume flume = open(0.9999, Policies.reservedDraft(1).yaml())) {
      byte[] json = dangerous("e-1").json();
      flume.pipe("weir.actions.gateway", null, json, new RecordHeaders(), Flume.NOON);
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.DENY), LATER);
      flume.answer(Jury.says("ben", flume.escalation(), VerdictDecision.DENY), LATER_STILL);

      assertThat(flume.agentExposures())
          .filteredOn(told -> told.getAnswers() > 0)
          .singleElement()
          .satisfies(told -> assertThat(told.getFound()).isEqualTo(1));
      flume.skip(flume.topics().signals(), flume.topics().dispositions());
      skipRest(flume);
    }
  }

  @Test
  void shouldAskNobodyWhenThePolicyWantsNoSecondOpinions() {
    try (Flume flume = open(0)) {
      flume.send(dangerous("e-1"));
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.DENY), LATER);
      flume.send(dangerous("e-2").task("t-3"), LATER);
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.APPROVE), LATER_STILL);

      assertThat(flume.escalations()).isEmpty();
      assertThat(flume.dispositions())
          .extracting(Disposition::getKind)
          .containsExactly(
              DispositionKind.HELD,
              DispositionKind.DENIED,
              DispositionKind.HELD,
              DispositionKind.RELEASED);
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  private static double counted(Flume flume, ReviewOutcome outcome) {
    return flume
        .metrics()
        .value(
            MetricNames.DENIED_AUDITED, "class", "", "by", "REVIEWERS", "outcome", outcome.name());
  }

  private static void skipRest(Flume flume) {
    flume.skip(flume.topics().assessments(), flume.topics().taskRisk());
    flume.skip(flume.topics().escalations(), flume.topics().duplicates());
    flume.skipFleet();
  }
}
