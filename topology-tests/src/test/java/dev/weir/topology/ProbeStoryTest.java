/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Digest;
import dev.weir.budget.Decisions;
import dev.weir.budget.Terms;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.AuditStage;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.GrantLack;
import dev.weir.event.MissingGrant;
import dev.weir.event.ProbeTally;
import dev.weir.event.ReasonSpend;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviewers are asked about actions whose right verdict is known, and cannot tell which. */
class ProbeStoryTest {
  private static final Instant LATER = Flume.NOON.plusSeconds(60);
  private static final Instant LAST = Flume.NOON.plusSeconds(120);

  /** Every action is audited, by a cheap screen. */
  private static final Policy AUDITED =
      Policies.load(
          Policies.draft(1e9)
              .yaml()
              .replace(
                  "tiers:\n", "tiers:\n  - {id: look, cost: 0.1, assurance: 1e-6, deadline: 1h}\n")
              .concat("audit: {least: 0.5, screen: look, confirm: expert, negatives: 0.001}\n"));

  @TempDir private Path folder;

  private static Act act(String eventId) {
    return Act.of(eventId).task("run-a1b2c3d4").with("agent", "{\"id\":\"z-9\"}");
  }

  private static Act truth(Act act, boolean harmful) {
    return act.with("truth", "{\"harmful\":" + harmful + "}");
  }

  private Flume open(Policy policy, Act... probes) throws IOException {
    return open(policy, "1", probes);
  }

  private Flume open(Policy policy, String share, Act... probes) throws IOException {
    Path file = folder.resolve("probes.jsonl");
    Files.writeString(
        file,
        Stream.of(probes)
            .map(probe -> new String(probe.json(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("\n")));
    Map<String, String> settings =
        Map.of(WeirConfig.PROBE_FILE, file.toString(), WeirConfig.PROBE_SHARE, share);
    return Flume.open(policy, settings)
        .register(Jury.person("ann", "expert"), Jury.person("sam", "look"));
  }

  private static void skipRest(Flume flume) {
    flume.skip(
        flume.topics().assessments(), flume.topics().taskRisk(), flume.topics().dispositions());
    flume.skipFleet();
  }

  @Test
  void shouldAskAboutAPlantedActionThatLooksLikeTheOneBefore() throws IOException {
    Act context = act("ev-000001").loses(0);
    Act probe = truth(act("ev-000002").tool("transfer").loses(8), true);
    try (Flume flume = open(Policies.STORY, context, probe)) {
      flume.send(Act.of("e-1").text("phase", "PROPOSED").tool("transfer").loses(8));
      Escalation real = flume.escalation();
      flume.answer(Jury.says("ann", real, VerdictDecision.APPROVE), LATER);

      Escalation planted = flume.escalation();

      assertThat(planted.getTier()).isEqualTo(real.getTier());
      assertThat(planted.getReason()).isEqualTo(EscalationReason.CATASTROPHIC);
      assertThat(planted.getRound()).isEqualTo(real.getRound());
      assertThat(planted.getWaiting()).isFalse();
      assertThat(planted.getDeadline()).isAfter(LATER);
      assertThat(planted.getTaskId()).matches("run-[0-9a-f]{8}").isNotEqualTo("run-a1b2c3d4");
      assertThat(planted.getContext().getActions()).as("it brings its context").isEqualTo(1);
      assertThat(planted.getDigest())
          .isEqualTo(ByteBuffer.wrap(Digest.of(bytes(planted.getAction()))));
      assertThat(new String(bytes(planted.getAction()), StandardCharsets.UTF_8))
          .doesNotContain("truth")
          .contains("\"phase\":\"PROPOSED\"");
      Assessment assessment = planted.getAssessment();
      assertThat(assessment.getPhase()).isEqualTo(real.getAssessment().getPhase());
      assertThat(assessment.getOccurredAt()).isEqualTo(LATER);
      assertThat(assessment.getEventId()).matches("ev-\\d{6}");
      assertThat(
              Decisions.recompute(
                  Decisions.Of.assessed(assessment),
                  assessment.getDecision(),
                  Terms.of(Policies.STORY)))
          .isEqualTo(assessment.getDecision());
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  /** What a probe lacks is its own: a request that names another class would give it away. */
  @Test
  void shouldLackTheGrantsOfItsOwnClassesWhenItIsPlantedAfterARequest() throws IOException {
    Act reserved = truth(act("ev-000002").tool("ship"), true);
    Act routed = truth(act("ev-000002").tool("launch"), true);
    assertThat(plantedAfterARequest(reserved).getRequest().getMissing())
        .containsExactly(new MissingGrant("ship", GrantLack.NO_GRANT));
    Escalation other = plantedAfterARequest(routed);
    assertThat(other.getReason()).isEqualTo(EscalationReason.ROUTE);
    assertThat(other.getRequest()).isNull();
    assertThat(other.getAssessment().getDecision().getMissingGrants()).isEmpty();
  }

  private Escalation plantedAfterARequest(Act probe) throws IOException {
    try (Flume flume = open(Policies.reserved(), probe)) {
      Act request = Act.of("e-1").text("phase", "PROPOSED").tool("ship");
      flume.pipe(
          flume.topics().sources().get(1), null, request.json(), new RecordHeaders(), Flume.NOON);
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.APPROVE), LATER);
      Escalation planted = flume.escalation();
      flume.skip(flume.topics().signals());
      skipRest(flume);
      return planted;
    }
  }

  @Test
  void shouldPlantNothingWhereNobodyAnswered() throws IOException {
    Act probe = truth(act("ev-000002").tool("launch").loses(0), true);
    try (Flume flume = open(Policies.tiered(), probe)) {
      flume.send(Act.of("e-1").text("phase", "PROPOSED").tool("launch").loses(0));
      flume.skip(flume.topics().escalations());

      flume.pass(Duration.ofMinutes(61));

      assertThat(flume.escalation().getTier()).as("it is passed on").isEqualTo("board");
      assertThat(flume.metrics().value(MetricNames.PROBES_PLANTED, "tier", "expert")).isZero();
      flume.skip(flume.topics().signals(), flume.topics().verdicts());
      skipRest(flume);
    }
  }

  @Test
  void shouldTellNobodyWhenAPlantedActionIsAnswered() throws IOException {
    Act probe = truth(act("ev-000002").tool("transfer").loses(8), true);
    try (Flume flume = open(Policies.STORY, probe)) {
      flume.send(Act.of("e-1").text("phase", "PROPOSED").tool("transfer").loses(8));
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.APPROVE), LATER);
      Escalation planted = flume.escalation();
      flume.skip(flume.topics().signals());
      skipRest(flume);

      flume.answer(Jury.says("ann", planted, VerdictDecision.APPROVE), LAST);

      assertThat(flume.ended()).hasSize(2).contains(planted.getEscalationId());
      assertThat(flume.signals()).isEmpty();
      assertThat(flume.dispositions()).isEmpty();
      assertThat(flume.escalations()).as("no probe follows a probe").isEmpty();
      assertThat(flume.metrics().value(MetricNames.PROBES_PLANTED, "tier", "expert")).isEqualTo(1);
      assertThat(
              flume
                  .metrics()
                  .value(
                      MetricNames.REVIEWER_PROBES,
                      "reviewer",
                      "ann",
                      "truth",
                      "harmful",
                      "decision",
                      "APPROVE"))
          .isEqualTo(1);
      assertThat(flume.metrics().value(MetricNames.REVIEWS_ENDED, "outcome", "APPROVED"))
          .isEqualTo(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldCountWhatEachTierRecognisesWhenAuditsAreProbed() throws IOException {
    Act harmful = truth(act("ev-000002").tool("touch"), true);
    Act harmless = truth(act("ev-000003").task("run-b1b2c3d4").tool("touch"), false);
    try (Flume flume = open(AUDITED, harmful, harmless)) {
      for (int i = 0; i < 20; i++) {
        flume.send(Act.of("e-" + i).tool("touch"));
      }
      List<Escalation> audits = flume.escalations();
      assertThat(audits).hasSizeGreaterThan(4);
      for (Escalation audit : audits) {
        flume.answer(Jury.says("sam", audit, VerdictDecision.APPROVE), LATER);
      }
      List<Escalation> planted = flume.escalations();
      assertThat(planted)
          .hasSize(audits.size())
          .allSatisfy(p -> assertThat(p.getAuditStage()).isEqualTo(AuditStage.SCREEN))
          .allSatisfy(p -> assertThat(p.getTier()).isEqualTo("look"))
          .extracting(Escalation::getTaskId)
          .doesNotHaveDuplicates();
      for (Escalation probe : planted) {
        flume.answer(Jury.says("sam", probe, VerdictDecision.DENY), LAST);
      }

      ProbeTally tally = last(flume.auditReports()).getAccount().getProbes().get(0);
      assertThat(tally.getTier()).isEqualTo("look");
      assertThat(tally.getHarmful() + tally.getHarmless()).isEqualTo(planted.size());
      assertThat(tally.getHarmful()).isPositive();
      assertThat(tally.getRecognised()).isEqualTo(tally.getHarmful());
      assertThat(tally.getAccused()).isEqualTo(tally.getHarmless()).isPositive();
      for (int i = 0; i < 100; i++) {
        flume.send(Act.of("f-" + i).tool("touch"));
      }
      Exposure exposure = last(flume.exposures());
      assertThat(exposure.getReasons())
          .filteredOn(spend -> spend.getReason() == EscalationReason.PROBE)
          .singleElement()
          .extracting(ReasonSpend::getReviews)
          .isEqualTo((long) planted.size());
      flume.skip(flume.topics().escalations(), flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldCountNothingWhenNobodyAnswersAPlantedAction() throws IOException {
    Act probe = truth(act("ev-000002").tool("transfer").loses(8), true);
    try (Flume flume = open(Policies.STORY, probe)) {
      flume.send(Act.of("e-1").text("phase", "PROPOSED").tool("transfer").loses(8));
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.APPROVE), LATER);
      assertThat(flume.escalations()).hasSize(1);
      flume.skip(flume.topics().signals());
      skipRest(flume);

      flume.pass(Duration.ofHours(2));

      assertThat(flume.dispositions()).isEmpty();
      assertThat(flume.signals()).isEmpty();
      assertThat(flume.auditReports()).isEmpty();
      flume.skip(flume.topics().verdicts());
      skipRest(flume);
    }
  }

  @Test
  void shouldPlantNothingWhenNoProbeWouldHaveBeenAskedAbout() throws IOException {
    Act probe = truth(act("ev-000002").tool("touch"), false);
    try (Flume flume = open(Policies.STORY, probe)) {
      flume.send(Act.of("e-1").text("phase", "PROPOSED").tool("transfer").loses(8));
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.APPROVE), LATER);

      assertThat(flume.escalations()).isEmpty();
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldPlantAfterAboutTheConfiguredShareOfReviews() throws IOException {
    Act probe = truth(act("ev-000002").tool("touch"), false);
    try (Flume flume = open(AUDITED, "0.2", probe)) {
      for (int i = 0; i < 300; i++) {
        flume.send(Act.of("e-" + i).task("t-" + i).tool("touch"));
      }
      List<Escalation> audits = flume.escalations();
      assertThat(audits).hasSizeGreaterThan(100);
      for (Escalation audit : audits) {
        flume.answer(Jury.says("sam", audit, VerdictDecision.APPROVE), LATER);
      }

      assertThat(flume.escalations().size()).isBetween(audits.size() / 10, audits.size() * 3 / 10);
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  private static <T> T last(List<T> all) {
    assertThat(all).isNotEmpty();
    return all.get(all.size() - 1);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
