/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Digest;
import dev.weir.budget.Decisions;
import dev.weir.budget.Terms;
import dev.weir.event.Assessment;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Grant;
import dev.weir.event.GrantLack;
import dev.weir.event.Handover;
import dev.weir.event.MissingGrant;
import dev.weir.event.RefusalReason;
import dev.weir.event.Score;
import dev.weir.event.UsedGrant;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.publish.Ed25519;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What becomes of actions that are reserved for vetted agents. */
class GrantStoryTest {
  private static final String GATEWAY = "weir.actions.gateway";
  private static final Instant LATER = Flume.NOON.plus(Duration.ofMinutes(10));
  private static final MissingGrant NO_GRANT = new MissingGrant("ship", GrantLack.NO_GRANT);

  private static Flume open() {
    return Flume.open(Policies.reserved()).register(Jury.person("ann", "expert"));
  }

  /** Each of a task of its own, so that none is the like of another. */
  private static Act shipment(String eventId) {
    return Act.of(eventId).task("of-" + eventId).tool("ship").text("phase", "PROPOSED");
  }

  private static Flume tell(Flume flume, String source, Act act, Instant at) {
    return flume.pipe(source, null, act.json(), new RecordHeaders(), at);
  }

  private static Flume tell(Flume flume, Act act, Instant at) {
    return tell(flume, GATEWAY, act, at);
  }

  private static DispositionKind disposition(Flume flume, Act act, Instant at) {
    tell(flume, act, at);
    return flume.disposition().getKind();
  }

  private static double reserved(Flume flume, String use) {
    return flume.metrics().value(MetricNames.RESERVED_ACTIONS, "class", "ship", "use", use);
  }

  private static void skipRest(Flume flume) {
    flume.skip(flume.topics().assessments(), flume.topics().taskRisk());
    flume.skipFleet();
  }

  @Test
  void shouldHoldAsARequestWhenAnAgentProposesWithoutAGrant() {
    try (Flume flume = open()) {
      assertThat(disposition(flume, shipment("e-1"), Flume.NOON)).isEqualTo(DispositionKind.HELD);

      Escalation escalation = flume.escalation();
      assertThat(escalation.getReason()).isEqualTo(EscalationReason.ROUTE);
      assertThat(escalation.getRequest().getSource()).isEqualTo(GATEWAY);
      assertThat(escalation.getRequest().getAgentId()).isEqualTo("a-1");
      assertThat(escalation.getRequest().getMissing()).containsExactly(NO_GRANT);

      flume.answer(Jury.says("ann", escalation, VerdictDecision.DENY), LATER);
      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.DENIED);
      assertThat(reserved(flume, "REQUESTED")).isEqualTo(1);
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldBeNoViolationWhenARequestIsApprovedAndThenCarriedOut() {
    try (Flume flume = open()) {
      Act act = shipment("e-1");
      tell(flume, act, Flume.NOON);
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.APPROVE), LATER);
      flume.skip(
          flume.topics().dispositions(), flume.topics().signals(), flume.topics().assessments());

      Act done = act.text("event_id", "e-2").text("phase", "EXECUTED").text("proposal_id", "e-1");
      tell(flume, done, LATER);

      Assessment assessment = flume.assessment();
      assertThat(assessment.getCarriesOut()).isTrue();
      assertThat(assessment.getDecision().getReason()).isEqualTo(EscalationReason.NONE);
      assertThat(assessment.getDecision().getMissingGrants()).isEmpty();
      assertThat(reserved(flume, "REQUESTED")).as("counted once").isEqualTo(1);
      assertThat(reserved(flume, "VIOLATION")).isZero();

      tell(flume, done.text("event_id", "e-3"), LATER);
      assertThat(flume.escalation().getReason())
          .as("a release is carried out once")
          .isEqualTo(EscalationReason.VIOLATION);
      skipRest(flume);
    }
  }

  @Test
  void shouldReleaseAtThePriceWhileAGrantHoldsAndNotWhenItIsRevoked() {
    try (Flume flume = open()) {
      flume.issue(Guild.ships("g-1"));

      assertThat(disposition(flume, shipment("e-1"), Flume.NOON))
          .isEqualTo(DispositionKind.RELEASED);

      Assessment assessment = flume.assessment();
      assertThat(assessment.getDecision().getReason()).isEqualTo(EscalationReason.NONE);
      assertThat(assessment.getDecision().getMissingGrants()).isEmpty();
      assertThat(assessment.getDecision().getGrants())
          .containsExactly(
              new UsedGrant(
                  "g-1",
                  "ship",
                  1L,
                  ByteBuffer.wrap(Digest.of(Codecs.GRANT.encode(Guild.ships("g-1"))))));
      assertThat(
              Decisions.recompute(
                  Decisions.Of.assessed(assessment),
                  assessment.getDecision(),
                  Terms.of(flume.policy())))
          .isEqualTo(assessment.getDecision());

      flume.issue(
          Guild.ships(
              "g-1",
              g -> {
                g.setGeneration(2);
                g.setRevokedAt(LATER);
              }));
      assertThat(disposition(flume, shipment("e-2"), LATER.minusMillis(1)))
          .as("appended before it was revoked")
          .isEqualTo(DispositionKind.RELEASED);
      assertThat(disposition(flume, shipment("e-3"), LATER)).isEqualTo(DispositionKind.HELD);
      assertThat(flume.escalation().getRequest().getMissing())
          .containsExactly(new MissingGrant("ship", GrantLack.REVOKED));
      assertThat(reserved(flume, "GRANTED")).isEqualTo(2);
      assertThat(reserved(flume, "REQUESTED")).isEqualTo(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldScoreTheSameWhetherThereIsAGrantOrNot() {
    List<Score> scores = new ArrayList<>();
    for (List<Grant> grants : List.of(List.of(Guild.ships("g-1")), List.<Grant>of())) {
      try (Flume flume = open()) {
        grants.forEach(flume::issue);
        tell(flume, shipment("e-1").loses(2), Flume.NOON);
        scores.add(flume.assessment().getScore());
        flume.skip(flume.topics().dispositions(), flume.topics().escalations());
        skipRest(flume);
      }
    }

    assertThat(scores.get(0)).isEqualTo(scores.get(1));
  }

  /** A policy in shadow knows no grants: what is reserved is reviewed there. */
  @Test
  void shouldGrantNothingInShadow() {
    try (Flume flume = open()) {
      Policies.Draft draft = Policies.reservedDraft(2);
      flume.publish(Press.document(draft), Press.shadow(draft.policy(), 1));
      flume.issue(Guild.ships("g-1"));

      assertThat(disposition(flume, shipment("e-1"), Flume.NOON))
          .isEqualTo(DispositionKind.RELEASED);

      assertThat(flume.shadowSamples())
          .extracting(sample -> sample.getShadow().getReason())
          .containsExactly(EscalationReason.ROUTE);
      assertThat(flume.count(MetricNames.SHADOW_MANDATORY)).isEqualTo(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldBeAViolationWhenItIsSeenDoneWithoutAGrant() {
    try (Flume flume = open()) {
      tell(flume, shipment("e-1").without("phase"), Flume.NOON);

      Escalation escalation = flume.escalation();
      assertThat(escalation.getReason()).isEqualTo(EscalationReason.VIOLATION);
      assertThat(escalation.getRequest()).as("nobody asks for leave").isNull();
      assertThat(escalation.getAssessment().getDecision().getMissingGrants())
          .containsExactly(NO_GRANT);
      assertThat(escalation.getAssessment().getDecision().getInclusionProbability()).isEqualTo(1);
      assertThat(reserved(flume, "VIOLATION")).isEqualTo(1);
      assertThat(flume.metrics().value(MetricNames.ESCALATIONS, "reason", "VIOLATION"))
          .isEqualTo(1);

      flume.issue(Guild.ships("g-1"));
      tell(flume, shipment("e-2").without("phase"), Flume.NOON);
      assertThat(flume.escalations()).as("a vetted agent need not ask").isEmpty();
      assertThat(reserved(flume, "GRANTED")).isEqualTo(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldStillReviewWhatElseMustBeReviewedWhenAGrantHolds() {
    try (Flume flume = open()) {
      flume.issue(Guild.ships("g-1"));

      assertThat(disposition(flume, shipment("e-1").loses(8), Flume.NOON))
          .isEqualTo(DispositionKind.HELD);
      assertThat(flume.escalation().getReason()).isEqualTo(EscalationReason.CATASTROPHIC);
      Act unasked = shipment("e-2").text("phase", "EXECUTED").text("proposal_id", "none");
      tell(flume, unasked, Flume.NOON);
      Escalation bypass = flume.escalation();
      assertThat(bypass.getReason()).isEqualTo(EscalationReason.BYPASS);
      assertThat(bypass.getRequest()).isNull();
      skipRest(flume);
    }
  }

  @Test
  void shouldGrantNothingWhereTheSourceDoesNotSayWhoActs() {
    try (Flume flume = open()) {
      flume.issue(Guild.ships("g-1"), Guild.ships("g-2", g -> g.setSource("weir.actions")));

      tell(flume, "weir.actions", shipment("e-1"), Flume.NOON);

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.HELD);
      assertThat(flume.escalation().getRequest().getMissing())
          .containsExactly(new MissingGrant("ship", GrantLack.UNATTESTED));
      skipRest(flume);
    }
  }

  @Test
  void shouldHoldOnlyForActionsThatMeetItWhenAGrantHasACondition() {
    try (Flume flume = open()) {
      flume.issue(Guild.ships("g-1", g -> g.setCondition("args.loss < 0.5")));

      assertThat(disposition(flume, shipment("e-1").loses(0), Flume.NOON))
          .isEqualTo(DispositionKind.RELEASED);
      assertThat(disposition(flume, shipment("e-2").loses(1), Flume.NOON))
          .isEqualTo(DispositionKind.HELD);
      assertThat(flume.escalation().getRequest().getMissing())
          .containsExactly(new MissingGrant("ship", GrantLack.CONDITION_UNMET));
      assertThat(disposition(flume, shipment("e-3").with("arguments", "{}"), Flume.NOON))
          .isEqualTo(DispositionKind.HELD);
      assertThat(flume.escalation().getRequest().getMissing())
          .containsExactly(new MissingGrant("ship", GrantLack.CONDITION_FAILED));
      assertThat(flume.count(MetricNames.GRANT_CONDITIONS_FAILED)).isEqualTo(1);
      skipRest(flume);
    }
  }

  /** None of these lowers anything, and what was there before stays. */
  @Test
  void shouldRefuseWhatDoesNotCountOnTheTopicOfGrants() {
    Map<String, byte[]> strange =
        Map.of(
            "forged", forged(g -> {}),
            "stranger", forged(g -> g.setIssuer("mallory")),
            "other key", forged(g -> g.setIssuerKeyId("0011223344556677")),
            "broken condition", signed(g -> g.setCondition("no such thing")),
            "no evidence", signed(g -> g.getVetting().setDigest(ByteBuffer.allocate(31))),
            "no time", signed(g -> g.setExpires(g.getNotBefore())),
            "no Avro", new byte[] {1, 2, 3});
    try (Flume flume = open()) {
      flume.issue(Guild.ships("g-1", g -> g.setGeneration(2)));

      strange.values().forEach(value -> flume.issue("g-1", value));
      flume.issue("g-2", Codecs.GRANT.encode(Guild.ships("g-1", g -> g.setGeneration(9))));
      flume.issue(Guild.ships("g-1", g -> g.setExpires(LATER)));
      flume.issue("g-1", null);

      assertThat(flume.count(MetricNames.GRANTS_REFUSED)).isEqualTo(strange.size() + 3);
      assertThat(flume.count(MetricNames.GRANTS)).isEqualTo(1);
      assertThat(disposition(flume, shipment("e-1"), LATER)).isEqualTo(DispositionKind.RELEASED);
      skipRest(flume);
    }
    try (Flume flume = open()) {
      strange.values().forEach(value -> flume.issue("g-1", value));
      assertThat(flume.count(MetricNames.GRANTS)).isZero();
      assertThat(disposition(flume, shipment("e-1"), LATER)).isEqualTo(DispositionKind.HELD);
      flume.skip(flume.topics().escalations());
      skipRest(flume);
    }
  }

  private static byte[] forged(Consumer<Grant> change) {
    return Codecs.GRANT.encode(
        Guild.ships("g-1", Ed25519.generate(), change.andThen(g -> g.setGeneration(9))));
  }

  private static byte[] signed(Consumer<Grant> change) {
    return Codecs.GRANT.encode(Guild.ships("g-1", change.andThen(g -> g.setGeneration(9))));
  }

  @Test
  void shouldHandOverOnlyToWhoIsVettedWhenAnActionIsReserved() {
    try (Flume flume = open()) {
      flume.issue(Guild.ships("g-1", g -> g.setAgentId("vetted")));
      tell(flume, shipment("e-1"), Flume.NOON);
      Escalation escalation = flume.escalation();

      flume.answer(handover(escalation, "unvetted"), LATER);
      assertThat(flume.refusedVerdicts(RefusalReason.NOT_VETTED)).isEqualTo(1);
      assertThat(flume.deadLetter().getDetail()).contains("no grant");
      flume.answer(handover(escalation, "vetted"), LATER);

      assertThat(flume.dispositions())
          .extracting(d -> d.getKind())
          .isEqualTo(List.of(DispositionKind.HELD, DispositionKind.DENIED));
      assertThat(flume.handovers()).extracting(Handover::getToAgent).containsExactly("vetted");
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  private static Verdict handover(Escalation escalation, String to) {
    return Jury.says("ann", escalation, VerdictDecision.HANDOVER, v -> v.setHandoverAgent(to));
  }
}
