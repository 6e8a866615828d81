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
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Grant;
import dev.weir.event.GrantNotice;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Signal;
import dev.weir.event.UsedGrant;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import dev.weir.review.Notices;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What becomes of held requests when a grant comes. */
class GrantOpeningStoryTest {
  private static final String GATEWAY = "weir.actions.gateway";
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Instant LATER = Flume.NOON.plus(Duration.ofMinutes(10));

  private static Flume open() {
    return open(Policies.reserved());
  }

  private static Flume open(Policy policy) {
    return Flume.open(policy)
        .register(
            Jury.person("ann", "expert"), Jury.person("ben", "board"), Jury.person("cat", "board"));
  }

  /** Each of a task of its own, so that none is the like of another. */
  private static Act shipment(String eventId) {
    return Act.of(eventId).task("of-" + eventId).tool("ship").text("phase", "PROPOSED");
  }

  /** It is held; what of it is of no interest here is taken. */
  private static Escalation held(Flume flume, Act act) {
    tell(flume, act, Flume.NOON);
    assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.HELD);
    return flume.escalation();
  }

  private static void tell(Flume flume, Act act, Instant at) {
    flume.pipe(GATEWAY, null, act.json(), new RecordHeaders(), at);
  }

  private static List<DispositionKind> kinds(Flume flume) {
    return flume.dispositions().stream().map(Disposition::getKind).toList();
  }

  private static void notice(Flume flume, Escalation escalation, Instant at) {
    Notices notices = new Notices(Flume.chance());
    String taskId = escalation.getTaskId();
    byte[] value =
        Codecs.GRANT_NOTICE.encode(notices.ofGrants(escalation.getEscalationId(), taskId));
    flume.answer(taskId, value, at);
  }

  private static void skipRest(Flume flume) {
    flume.skip(
        flume.topics().assessments(),
        flume.topics().taskRisk(),
        flume.topics().verdicts(),
        flume.topics().signals());
    flume.skipFleet();
  }

  private static void stays(Policy policy, Act act, Grant... grants) {
    try (Flume flume = open(policy)) {
      held(flume, act);
      flume.issue(grants).pass(TICK);
      assertThat(flume.dispositions()).isEmpty();
      assertThat(flume.grantNotices()).isEmpty();
      assertThat(flume.ended()).isEmpty();
      skipRest(flume);
    }
  }

  @Test
  void shouldReleaseARequestWhenAGrantComes() {
    try (Flume flume = open()) {
      Act act = shipment("e-1");
      Escalation escalation = held(flume, act);
      flume.pass(TICK);
      assertThat(flume.grantNotices()).isEmpty();

      flume.issue(Guild.ships("g-1")).pass(TICK);

      assertThat(flume.grantNotices()).hasSize(1);
      Disposition disposition = flume.disposition();
      assertThat(disposition.getKind()).isEqualTo(DispositionKind.RELEASED);
      assertThat(disposition.getDigest()).isEqualTo(act.digest());
      assertThat(flume.ended()).containsExactly(escalation.getEscalationId());
      Signal signal = flume.signal();
      assertThat(signal.getOutcome()).isEqualTo(ReviewOutcome.GRANTED);
      assertThat(signal.getReviewCost()).isZero();
      assertThat(signal.getGrants())
          .containsExactly(
              new UsedGrant(
                  "g-1",
                  "ship",
                  1L,
                  ByteBuffer.wrap(Digest.of(Codecs.GRANT.encode(Guild.ships("g-1"))))));
      assertRecomputable(flume, signal.getAssessment());
      assertThat(flume.metrics().value(MetricNames.REVIEWS_ENDED, "outcome", "GRANTED"))
          .isEqualTo(1);

      flume.pass(TICK).pass(Duration.ofHours(2));
      flume.answer(Jury.says("ann", escalation, VerdictDecision.DENY), LATER);
      assertThat(flume.refusedVerdicts(RefusalReason.REPLAYED)).isEqualTo(1);
      notice(flume, escalation, LATER);
      flume.deadLetter();
      assertThat(flume.dispositions()).as("it has its answer").isEmpty();

      flume.skip(flume.topics().assessments());
      tell(
          flume,
          act.text("event_id", "e-2").text("phase", "EXECUTED").text("proposal_id", "e-1"),
          LATER);
      assertThat(flume.assessment().getCarriesOut()).isTrue();
      skipRest(flume);
    }
  }

  private static void assertRecomputable(Flume flume, Assessment assessment) {
    Terms terms = Terms.of(flume.policy());
    Decisions.Of of = Decisions.Of.assessed(assessment);
    assertThat(assessment.getDecision().getReason()).isEqualTo(EscalationReason.ROUTE);
    assertThat(Decisions.passesIfGranted(of, assessment.getDecision(), terms)).isTrue();
    assertThat(Decisions.recompute(of, assessment.getDecision(), terms))
        .isEqualTo(assessment.getDecision());
  }

  /** A repetition gets its answer, and the books what they had. */
  @Test
  void shouldRepeatTheReleaseWhenTheProposalComesAgain() {
    try (Flume flume = open()) {
      Act act = shipment("e-1");
      held(flume, act);
      flume.issue(Guild.ships("g-1")).pass(TICK);
      assertThat(flume.disposition().getRepeats()).isFalse();

      tell(flume, act, LATER);

      Disposition again = flume.disposition();
      assertThat(again.getRepeats()).isTrue();
      assertThat(again.getKind()).isEqualTo(DispositionKind.RELEASED);
      flume.skip(flume.topics().duplicates());
      skipRest(flume);
    }
  }

  @Test
  void shouldStayHeldWhenTheGrantIsAnothers() {
    stays(
        Policies.reserved(),
        shipment("e-1"),
        Guild.ships("g-1", g -> g.setAgentId("a-2")),
        Guild.ships("g-2", g -> g.setSource("weir.actions")),
        Guild.ships("g-3", g -> g.setActionClass("post")),
        Guild.ships("g-4", g -> g.setExpires(Flume.NOON.plusMillis(1))),
        Guild.ships("g-5", g -> g.setRevokedAt(Flume.NOON.plusMillis(1))));
  }

  @Test
  void shouldStayHeldWhenSomethingElseHoldsIt() {
    stays(Policies.reserved(), shipment("catastrophic").loses(8), Guild.ships("g-1"));
    stays(Policies.reserved(), shipment("routed").tool("launch_ship"), Guild.ships("g-1"));
    stays(Policies.reserved(), shipment("priced").loses(5.5), Guild.ships("g-1"));
    stays(
        Policies.reserved("budget: {tax", "lines: {task: 0}\nbudget: {tax"),
        shipment("over the line").loses(3.5),
        Guild.ships("g-1"));
  }

  @Test
  void shouldStayHeldWhenItsPrincipalAsksForAReview() {
    stays(
        Policies.reserved("attests: [agent,", "attests: [requested_tier, agent,"),
        shipment("e-1")
            .with("agent", "{\"id\":\"a-1\",\"principal\":\"p-1\"}")
            .text("requested_tier", "expert"),
        Guild.ships("g-1"));
  }

  @Test
  void shouldStayHeldWhenItIsTheLikeOfWhatIsHeld() {
    try (Flume flume = open()) {
      held(flume, shipment("e-1").task("t-1"));
      held(flume, shipment("e-2").task("t-1"));

      flume.issue(Guild.ships("g-1")).pass(TICK);

      assertThat(flume.dispositions())
          .extracting(Disposition::getEventId)
          .as("the first was no retry")
          .containsExactly("e-1");
      skipRest(flume);
    }
  }

  @Test
  void shouldJudgeItsConditionAsWhenTheActionCame() {
    try (Flume flume = open()) {
      held(flume, shipment("e-1").loses(1));

      flume.issue(Guild.ships("g-1", g -> g.setCondition("args.loss < 0.5"))).pass(TICK);
      flume.issue(Guild.ships("g-2", g -> g.setCondition("args.none < 1"))).pass(TICK);
      flume.issue(Guild.ships("g-3", g -> g.setCondition("task.actions > 0"))).pass(TICK);
      flume.issue(Guild.ships("g-4", g -> g.setCondition("!novelty.tool"))).pass(TICK);
      assertThat(flume.dispositions()).isEmpty();

      flume.issue(Guild.ships("g-5", g -> g.setCondition("args.loss < 2 && novelty.tool")));
      flume.pass(TICK);
      assertThat(kinds(flume)).containsExactly(DispositionKind.RELEASED);
      assertThat(flume.signal().getGrants()).extracting(UsedGrant::getGrantId).contains("g-5");
      skipRest(flume);
    }
  }

  @Test
  void shouldNeedAGrantOfEachClass() {
    String both =
        """
          - {id: fly, tools: [fly], class: flight, adds: {service: 1}, because: it flies}
          - id: loss
        """;
    Policy policy =
        Policies.load(
            Policies.reservedDraft(1)
                .yaml()
                .replace("  - id: loss\n", both)
                .replace(
                    "classes:\n",
                    "classes:\n  flight: {prior: -3, reserved: true, because: it may fall}\n"));
    try (Flume flume = open(policy)) {
      flume.issue(Guild.ships("g-1"));
      held(flume, shipment("e-1").tool("fly_ship"));
      flume.issue(flights(g -> g.setRevokedAt(Flume.NOON.plusMillis(1)))).pass(TICK);
      assertThat(flume.dispositions()).isEmpty();

      flume.issue(flights(g -> g.setGeneration(2))).pass(TICK);

      assertThat(kinds(flume)).containsExactly(DispositionKind.RELEASED);
      assertThat(flume.signal().getGrants())
          .extracting(UsedGrant::getGrantId)
          .containsExactlyInAnyOrder("g-1", "g-2");
      skipRest(flume);
    }
  }

  private static Grant flights(Consumer<Grant> change) {
    Consumer<Grant> flight = g -> g.setActionClass("flight");
    return Guild.ships("g-2", flight.andThen(change));
  }

  @Test
  void shouldWaitUntilTheGrantBegins() {
    try (Flume flume = open()) {
      held(flume, shipment("e-1"));
      flume.issue(Guild.ships("g-1", g -> g.setNotBefore(LATER))).pass(TICK);
      assertThat(flume.grantNotices()).isEmpty();

      flume.pass(Duration.between(Flume.NOON, LATER));

      assertThat(kinds(flume)).containsExactly(DispositionKind.RELEASED);
      skipRest(flume);
    }
  }

  /** The broker's time of the notice counts, however late it is read. */
  @Test
  void shouldOpenOnlyWhatWasNoticedBeforeTheGrantWasRevoked() {
    for (boolean before : List.of(true, false)) {
      try (Flume flume = open()) {
        Escalation escalation = held(flume, shipment("e-1"));
        Consumer<Grant> revoked = g -> g.setRevokedAt(LATER);
        flume.issue(Guild.ships("g-1", revoked.andThen(g -> g.setGeneration(2))));

        notice(flume, escalation, before ? LATER.minusMillis(1) : LATER);

        assertThat(kinds(flume)).isEqualTo(before ? List.of(DispositionKind.RELEASED) : List.of());
        flume.signals().forEach(s -> assertThat(s.getGrants().get(0).getGeneration()).isEqualTo(2));
        skipRest(flume);
      }
    }
  }

  @Test
  void shouldRefuseANoticeThatIsForgedAndGrantNothingByOneThatIsNot() {
    try (Flume flume = open()) {
      Escalation escalation = held(flume, shipment("e-1"));
      String taskId = escalation.getTaskId();
      byte[] forged =
          Codecs.GRANT_NOTICE.encode(
              new Notices(new dev.weir.budget.Chance(new byte[32], 1_000))
                  .ofGrants(escalation.getEscalationId(), taskId));
      flume.answer(taskId, forged, LATER);
      assertThat(flume.refusedVerdicts(RefusalReason.BAD_NOTICE)).isEqualTo(1);
      assertThat(flume.deadLetter().getDetail()).contains("only Weir");

      notice(flume, escalation, LATER);
      assertThat(flume.dispositions()).as("nobody takes a notice's word").isEmpty();
      skipRest(flume);
    }
  }

  @Test
  void shouldLeaveItToReviewersWhenOneHasDenied() {
    Policy two = Policies.reserved("deadline: 1h}", "deadline: 1h, quorum: 2}");
    try (Flume flume = open(two).register(Jury.person("dan", "expert"))) {
      Escalation escalation = held(flume, shipment("e-1"));
      flume.answer(Jury.says("ann", escalation, VerdictDecision.DENY), LATER);

      flume.issue(Guild.ships("g-1")).pass(TICK);
      assertThat(flume.dispositions()).isEmpty();
      assertThat(flume.grantNotices()).isEmpty();

      flume.answer(Jury.says("dan", escalation, VerdictDecision.DENY), LATER);
      assertThat(kinds(flume)).containsExactly(DispositionKind.DENIED);
      skipRest(flume);
    }
    try (Flume flume = open(two)) {
      Escalation escalation = held(flume, shipment("e-1"));
      flume.answer(Jury.says("ann", escalation, VerdictDecision.APPROVE), LATER);
      flume.issue(Guild.ships("g-1")).pass(TICK);
      assertThat(kinds(flume)).containsExactly(DispositionKind.RELEASED);
      skipRest(flume);
    }
  }

  @Test
  void shouldReachTheNextTierToo() {
    String board =
        "deadline: 1h}\n  - {id: board, cost: 500, assurance: 0.99, deadline: 2h, quorum: 2}";
    try (Flume flume = open(Policies.reserved("deadline: 1h}", board))) {
      held(flume, shipment("e-1"));
      flume.pass(Duration.ofMinutes(61));
      Escalation next = flume.escalation();
      assertThat(next.getTier()).isEqualTo("board");

      flume.issue(Guild.ships("g-1")).pass(TICK);

      assertThat(kinds(flume)).containsExactly(DispositionKind.RELEASED);
      assertThat(flume.ended()).contains(next.getEscalationId()).hasSize(2);
      skipRest(flume);
    }
  }

  /** The notice that was written, or would have been, is void. */
  @Test
  void shouldReachTheNextTierAtOnceWhenTheGrantCameBefore() {
    String board = "deadline: 1h}\n  - {id: board, cost: 500, assurance: 0.99, deadline: 2h}";
    try (Flume flume = open(Policies.reserved("deadline: 1h}", board))) {
      Escalation escalation = held(flume, shipment("e-1"));
      flume.issue(Guild.ships("g-1"));

      flume.answer(Jury.says("ann", escalation, VerdictDecision.ESCALATE), Flume.NOON);

      assertThat(flume.grantNotices())
          .extracting(GrantNotice::getEscalationId)
          .containsExactly(flume.escalation().getEscalationId());
      assertThat(kinds(flume)).containsExactly(DispositionKind.RELEASED);
      flume.pass(TICK);
      assertThat(flume.grantNotices()).isEmpty();
      skipRest(flume);
    }
  }

  @Test
  void shouldStayHeldWhenItsLikeWasDeniedSince() {
    for (VerdictDecision said : List.of(VerdictDecision.DENY, VerdictDecision.APPROVE)) {
      try (Flume flume = open()) {
        held(flume, shipment("e-1").task("t-1"));
        Escalation like = held(flume, shipment("e-2").task("t-1"));
        flume.answer(Jury.says("ann", like, said), LATER);
        assertThat(flume.disposition().getEventId()).isEqualTo("e-2");

        flume.issue(Guild.ships("g-1")).pass(TICK);

        boolean denied = said == VerdictDecision.DENY;
        assertThat(kinds(flume)).hasSize(denied ? 0 : 1);
        assertThat(flume.grantNotices()).hasSize(denied ? 0 : 1);
        skipRest(flume);
      }
    }
  }

  /** After an outage grants are looked at before deadlines. */
  @Test
  void shouldLoseNoGrantThatCameInTime() {
    try (Flume flume = open()) {
      held(flume, shipment("e-1"));
      flume.issue(Guild.ships("g-1"));
      flume.pass(Duration.ofHours(3));
      assertThat(kinds(flume)).containsExactly(DispositionKind.RELEASED);
      skipRest(flume);
    }
    try (Flume flume = open()) {
      held(flume, shipment("e-1"));
      Instant late = Flume.NOON.plus(Duration.ofHours(1));
      flume.issue(Guild.ships("g-1", g -> g.setNotBefore(late)));
      flume.pass(Duration.ofHours(3)).pass(TICK);
      assertThat(kinds(flume)).containsExactly(DispositionKind.EXPIRED);
      skipRest(flume);
    }
  }

  /** What is released by a grant nobody has looked at: it adds up, as what passes does. */
  @Test
  void shouldKeepToTheLinesOfTaskAndAgent() {
    for (String lines : List.of("{task: 0.7, agent: 9}", "{task: 9, agent: 0.7}")) {
      Policy policy = Policies.reserved("budget: {tax", "lines: %s\nbudget: {tax".formatted(lines));
      try (Flume flume = open(policy)) {
        boolean ofTask = lines.startsWith("{task: 0");
        for (int i = 0; i < 4; i++) {
          String id = "e-" + i;
          Act act = shipment(id).loses(3.2).task(ofTask ? "t-1" : "t-" + i);
          tell(
              flume,
              act.with("tool", "{\"name\":\"ship\"}").with("arguments", args(i)),
              Flume.NOON);
        }
        assertThat(kinds(flume)).containsOnly(DispositionKind.HELD).hasSize(4);

        flume.issue(Guild.ships("g-1")).pass(TICK);

        assertThat(kinds(flume)).as(lines).isEqualTo(List.of(RELEASED, RELEASED, RELEASED));
        flume.skip(flume.topics().escalations());
        skipRest(flume);
      }
    }
  }

  private static final DispositionKind RELEASED = DispositionKind.RELEASED;

  /** Others' targets, so that none is the like of another. */
  private static String args(int i) {
    return "{\"loss\":3.2,\"to\":\"port-%d@example.org\"}".formatted(i);
  }

  @Test
  void shouldOpenABoundedNumberAtATimeAndAllInTheEnd() {
    try (Flume flume = open(Policies.reserved("budget: {tax", "lines: {agent: 9}\nbudget: {tax"))) {
      for (int i = 0; i < 620; i++) {
        tell(flume, shipment("e-" + i), Flume.NOON);
      }
      flume.skip(flume.topics().dispositions(), flume.topics().escalations());
      flume.skip(flume.topics().waiting());

      flume.issue(Guild.ships("g-1")).pass(TICK);
      List<String> opened =
          new ArrayList<>(flume.dispositions().stream().map(Disposition::getEventId).toList());
      assertThat(opened).hasSize(500);
      flume.pass(TICK);
      flume.dispositions().forEach(d -> opened.add(d.getEventId()));

      assertThat(opened).hasSize(620).doesNotHaveDuplicates();
      assertThat(flume.store("requests").approximateNumEntries()).isLessThan(10);
      skipRest(flume);
    }
  }

  @Test
  void shouldLeaveWhatIsOfAClosedTask() {
    Policy policy = Policies.reserved("budget: {tax", "lines: {task: 0}\nbudget: {tax");
    try (Flume flume = open(policy)) {
      held(flume, shipment("e-1").task("t-1").loses(1));
      tell(flume, Act.of("e-2").loses(4).text("phase", "PROPOSED"), Flume.NOON);
      Escalation task = flume.escalation();
      assertThat(task.getReason()).isEqualTo(EscalationReason.TASK);
      flume.answer(Jury.says("ann", task, VerdictDecision.DENY), LATER);
      flume.skip(flume.topics().dispositions());

      flume.issue(Guild.ships("g-1")).pass(TICK);

      assertThat(flume.dispositions()).isEmpty();
      skipRest(flume);
    }
  }
}
