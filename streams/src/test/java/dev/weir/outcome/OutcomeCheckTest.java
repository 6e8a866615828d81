/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import dev.weir.event.DispositionKind;
import dev.weir.event.Outcome;
import dev.weir.event.RefusalReason;
import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKind;
import dev.weir.review.Registry;
import dev.weir.state.ReportedOutcome;
import dev.weir.state.TaskOutcomes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeCheckTest {
  private static final Instant NOON = Outcomes.NOON;

  private final Registry registry = Outcomes.registry(r -> {});

  @Test
  void shouldCountWhenItsReporterMaySayIt() {
    OutcomeCheck.Counted counted = counted(Outcomes.harmful(o -> {}), NOON, null);

    assertThat(counted.reporterKind()).isEqualTo(ReviewerKind.PERSON);
    assertThat(counted.corrects()).isFalse();
    assertThat(counted.outcomes().getOutcomes()).hasSize(1);
  }

  static List<Arguments> refused() {
    return List.of(
        outcome("a digest of another action", RefusalReason.WRONG_DIGEST, digest(1)),
        outcome("another task", RefusalReason.WRONG_DIGEST, o -> o.setTaskId("other")),
        outcome("another event", RefusalReason.WRONG_DIGEST, o -> o.setEventId("other")),
        outcome("a stranger", RefusalReason.UNKNOWN_REVIEWER, o -> o.setReporterId("eve")),
        outcome("another key", RefusalReason.UNKNOWN_REVIEWER, o -> o.setKeyId("k2")),
        outcome(
            "the agent that acted",
            RefusalReason.SELF_REVIEW,
            o -> o.getAssessment().setAgentId("dana")),
        outcome(
            "a signature of yesterday",
            RefusalReason.TOO_LATE,
            o -> o.setIssuedAt(NOON.minus(Duration.ofDays(1)))),
        outcome(
            "a signature of tomorrow",
            RefusalReason.BAD_TIME,
            o -> o.setIssuedAt(NOON.plusSeconds(301))),
        outcome(
            "a discovery of tomorrow",
            RefusalReason.BAD_TIME,
            o -> o.setDiscoveredAt(NOON.plusSeconds(301))),
        outcome("negative harm", RefusalReason.BAD_NUMBER, o -> o.setHarm(-1.0)),
        outcome("no number", RefusalReason.BAD_NUMBER, o -> o.setHarm(Double.NaN)),
        outcome("endless harm", RefusalReason.BAD_NUMBER, o -> o.setHarm(1 / 0.0)),
        outcome("harm of the harmless", RefusalReason.BAD_NUMBER, o -> o.setHarmful(false)),
        outcome(
            "a risk that no scorer gives",
            RefusalReason.BAD_NUMBER,
            o -> o.getAssessment().getScore().setRisk(Double.NaN)),
        outcome(
            "what is not final",
            RefusalReason.BAD_VALUE,
            o -> o.setDisposition(DispositionKind.HELD)),
        outcome("nothing that found it", RefusalReason.MISSING_FIELD, o -> o.setFoundBy(" ")),
        outcome("a novel", RefusalReason.FIELD_TOO_LONG, o -> o.setFoundBy("ü".repeat(513))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldRefuseWhenItSays(String what, RefusalReason reason, Consumer<Outcome> change) {
    assertThat(reason(registry, Outcomes.harmful(change), NOON, null)).isEqualTo(reason);
  }

  @Test
  void shouldRefuseWhenAnyByteChangedAfterItWasSigned() {
    Outcome outcome = Outcomes.harmful(o -> {});
    byte[] value = Outcomes.received(outcome, NOON).value();
    for (int i = 0; i < value.length; i++) {
      byte[] changed = value.clone();
      changed[i] ^= 1;
      OutcomeCheck.Received received =
          new OutcomeCheck.Received(outcome, changed, NOON.toEpochMilli());
      assertThat(reason(registry, received, null)).isEqualTo(RefusalReason.BAD_SIGNATURE);
    }
  }

  @Test
  void shouldRefuseWhenItsReporterMayOnlyReviewOrDoesNoMore() {
    Consumer<Reviewer> reviews = r -> r.setTiers(List.of("expert"));
    Consumer<Reviewer> revoked = r -> r.setRevokedAt(NOON.minusSeconds(1));
    Consumer<Reviewer> acts = r -> r.setAgentId("agent");

    assertThat(reason(reviews)).isEqualTo(RefusalReason.WRONG_TIER);
    assertThat(reason(revoked)).isEqualTo(RefusalReason.REVOKED);
    assertThat(reason(acts)).isEqualTo(RefusalReason.SELF_REVIEW);
    assertThat(reason(r -> r.getKeys().get(0).setValidUntil(NOON)))
        .isEqualTo(RefusalReason.REVOKED);
  }

  @Test
  void shouldCountOnceWhenTheSameIsSaidAgain() {
    Outcome first = Outcomes.harmful(o -> {});
    TaskOutcomes known = counted(first, NOON, null).outcomes();

    assertThat(reason(registry, first, NOON.plusSeconds(1), known))
        .isEqualTo(RefusalReason.REPLAYED);
    Outcome again = Outcomes.harmful(o -> o.setIssuedAt(NOON.plusSeconds(9)));
    assertThat(reason(registry, again, NOON.plusSeconds(9), known))
        .as("signed anew, it says nothing new")
        .isEqualTo(RefusalReason.REPLAYED);
  }

  @Test
  void shouldCorrectWhenTheReporterSaysOtherwiseLater() {
    TaskOutcomes known = counted(Outcomes.harmful(o -> {}), NOON, null).outcomes();
    Consumer<Outcome> harmless =
        o -> {
          o.setHarmful(false);
          o.setHarm(null);
        };

    assertThat(reason(registry, Outcomes.harmful(harmless), NOON, known))
        .as("it was signed no later")
        .isEqualTo(RefusalReason.REPLAYED);
    Outcome later = Outcomes.harmful(harmless.andThen(o -> o.setIssuedAt(NOON.plusSeconds(1))));
    OutcomeCheck.Counted counted = counted(later, NOON.plusSeconds(1), known);
    assertThat(counted.corrects()).isTrue();
    assertThat(counted.outcomes().getOutcomes()).hasSize(1);
    assertThat(reason(registry, Outcomes.harmful(o -> {}), NOON, counted.outcomes()))
        .as("what was corrected does not come back")
        .isEqualTo(RefusalReason.REPLAYED);
  }

  @Test
  void shouldForgetNoSignatureThatStillCountsWhenATaskHasMany() {
    TaskOutcomes known = null;
    for (int i = 0; i < OutcomeMemory.MAX_OUTCOMES; i++) {
      Instant at = NOON.plusSeconds(i);
      known = counted(of("e" + i, at), at, known).outcomes();
    }
    Instant soon = NOON.plusSeconds(100);
    assertThat(reason(registry, of("one more", soon), soon, known))
        .isEqualTo(RefusalReason.UNANSWERABLE);

    Instant later = NOON.plus(Duration.ofDays(1));
    TaskOutcomes next = counted(of("one more", later), later, known).outcomes();
    assertThat(next.getOutcomes())
        .hasSize(OutcomeMemory.MAX_OUTCOMES)
        .extracting(ReportedOutcome::getIssuedAt)
        .doesNotContain(NOON);
    assertThat(reason(registry, of("e0", NOON), later, next))
        .as("what was forgotten is too old to count again")
        .isEqualTo(RefusalReason.TOO_LATE);
    assertThat(reason(registry, of("e1", NOON.plusSeconds(1)), later, next))
        .isEqualTo(RefusalReason.REPLAYED);
  }

  private static Outcome of(String event, Instant issuedAt) {
    return Outcomes.harmful(
        o -> {
          o.setEventId(event);
          o.getAssessment().setEventId(event);
          o.setIssuedAt(issuedAt);
        });
  }

  private static Consumer<Outcome> digest(int first) {
    byte[] digest = new byte[32];
    digest[0] = (byte) first;
    return o -> o.setDigest(ByteBuffer.wrap(digest));
  }

  private static Arguments outcome(String what, RefusalReason reason, Consumer<Outcome> change) {
    return Arguments.of(what, reason, change);
  }

  private OutcomeCheck.Counted counted(Outcome outcome, Instant at, @Nullable TaskOutcomes known) {
    OutcomeCheck.Result result =
        new OutcomeCheck(registry).check(Outcomes.received(outcome, at), known);
    assertThatObject(result).isInstanceOf(OutcomeCheck.Counted.class);
    return (OutcomeCheck.Counted) result;
  }

  private static RefusalReason reason(Consumer<Reviewer> change) {
    return reason(Outcomes.registry(change), Outcomes.harmful(o -> {}), NOON, null);
  }

  private static RefusalReason reason(
      Registry registry, Outcome outcome, Instant at, @Nullable TaskOutcomes known) {
    return reason(registry, Outcomes.received(outcome, at), known);
  }

  private static RefusalReason reason(
      Registry registry, OutcomeCheck.Received received, @Nullable TaskOutcomes known) {
    OutcomeCheck.Result result = new OutcomeCheck(registry).check(received, known);
    assertThatObject(result).isInstanceOf(OutcomeCheck.Refused.class);
    OutcomeCheck.Refused refused = (OutcomeCheck.Refused) result;
    assertThat(refused.why().detail()).isNotBlank();
    return refused.why().reason();
  }
}
