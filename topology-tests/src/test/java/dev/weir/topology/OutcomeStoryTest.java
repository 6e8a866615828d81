/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Assessment;
import dev.weir.event.DeadLetter;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Outcome;
import dev.weir.event.OutcomeFinding;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Signal;
import dev.weir.event.SignalSource;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import dev.weir.outcome.OutcomeCheck;
import dev.weir.store.StoreNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** What is found out later of an action becomes a signal, once, whoever reviewed it. */
class OutcomeStoryTest {
  private static final Instant LATER = Flume.NOON.plus(Duration.ofHours(2));

  private static Flume open() {
    return Flume.open()
        .register(Jury.person("ann", "expert"), Jury.person("dana", OutcomeCheck.TIER));
  }

  private static long counted(Flume flume, OutcomeFinding finding) {
    return (long) flume.metrics().value(MetricNames.OUTCOMES, "finding", finding.name());
  }

  private static void skipRest(Flume flume) {
    flume.skip(flume.topics().taskRisk(), flume.topics().dispositions());
    flume.skipFleet();
  }

  @Test
  void shouldTellAMissWhenHarmIsFoundThatNobodyReviewed() {
    try (Flume flume = open()) {
      flume.send(Act.of("e-1").loses(0));
      Assessment assessment = flume.assessment();
      assertThat(assessment.getDecision().getReason()).isEqualTo(EscalationReason.NONE);

      flume.report(Jury.reports("dana", assessment, o -> {}), LATER);

      Signal signal = flume.signal();
      assertThat(signal.getSource()).isEqualTo(SignalSource.OUTCOME);
      assertThat(signal.getTaskId()).isEqualTo("t-1");
      assertThat(signal.getAssessment()).isEqualTo(assessment);
      assertThat(signal.getClosedAt()).isEqualTo(LATER);
      assertThat(signal.getWeight()).as("what comes to light is no sample").isZero();
      assertThat(signal.getReport().getFinding()).isEqualTo(OutcomeFinding.HARM_UNREVIEWED);
      assertThat(signal.getReport().getHarm()).isEqualTo(500);
      assertThat(counted(flume, OutcomeFinding.HARM_UNREVIEWED)).isEqualTo(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldTellWhatWasStoppedInVainWhenADeniedActionIsFoundHarmless() {
    try (Flume flume = open()) {
      flume.send(Act.of("e-1").text("phase", "PROPOSED").tool("transfer").loses(8));
      Assessment assessment = flume.assessment();
      flume.answer(
          Jury.says("ann", flume.escalation(), VerdictDecision.DENY),
          Flume.NOON.plus(Duration.ofMinutes(10)));
      assertThat(flume.signal().getOutcome()).isEqualTo(ReviewOutcome.DENIED);

      Outcome outcome =
          Jury.reports(
              "dana",
              assessment,
              o -> {
                o.setHarmful(false);
                o.setHarm(null);
                o.setDisposition(DispositionKind.DENIED);
              });
      flume.report(outcome, LATER);

      assertThat(flume.signal().getReport().getFinding())
          .isEqualTo(OutcomeFinding.HARMLESS_STOPPED);
      assertThat(counted(flume, OutcomeFinding.HARMLESS_STOPPED)).isEqualTo(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldCountOnceWhenAnOutcomeIsReplayedAndAgainWhenItIsCorrected() {
    try (Flume flume = open()) {
      flume.send(Act.of("e-1").loses(0));
      Assessment assessment = flume.assessment();
      Outcome first = Jury.reports("dana", assessment, o -> {});
      flume.report(first, LATER).report(first, LATER.plusSeconds(1));
      assertThat(flume.signal().getReport().getCorrects()).isFalse();
      assertThat(flume.deadLetter().getReason()).isEqualTo(RefusalReason.REPLAYED);

      flume.report(
          Jury.reports(
              "dana",
              assessment,
              o -> {
                o.setHarm(5.0);
                o.setIssuedAt(LATER);
              }),
          LATER.plusSeconds(2));

      assertThat(flume.signal().getReport().getCorrects()).isTrue();
      assertThat(flume.metrics().value(MetricNames.OUTCOMES_REFUSED, "reason", "REPLAYED"))
          .isEqualTo(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldRefuseWithAReasonWhenAnOutcomeDoesNotCount() {
    try (Flume flume = open()) {
      flume.send(Act.of("e-1").loses(0));
      Assessment assessment = flume.assessment();

      flume
          .report(Jury.reports("ann", assessment, o -> {}), LATER)
          .report(Jury.reports("eve", assessment, o -> {}), LATER)
          .report("t-1", new byte[] {1, 2, 3}, LATER)
          .report("t-1", null, LATER)
          .report(
              "t-1",
              Codecs.VERDICT.encode(Jury.says("ann", escalation(), VerdictDecision.DENY)),
              LATER);

      List<DeadLetter> letters = flume.deadLetters();
      assertThat(letters)
          .extracting(DeadLetter::getReason)
          .containsExactly(
              RefusalReason.WRONG_TIER,
              RefusalReason.UNKNOWN_REVIEWER,
              RefusalReason.UNKNOWN_ENCODING,
              RefusalReason.NO_VALUE,
              RefusalReason.UNKNOWN_SCHEMA);
      assertThat(letters.get(0).getTaskId()).isEqualTo("t-1");
      assertThat(letters.get(0).getEventId()).isEqualTo("e-1");
      assertThat(letters.get(2).getDetail())
          .isEqualTo("send Outcome in Avro single-object encoding");
      assertThat(flume.signals()).isEmpty();
      skipRest(flume);
    }
  }

  @Test
  void shouldRefuseWhenAnOutcomeLiesInAnotherPartitionThanItsTask() {
    try (Flume flume = Flume.ofPartitions(64)) {
      flume.register(Jury.person("dana", OutcomeCheck.TIER));
      try (Flume other = open()) {
        other.send(Act.of("e-1").loses(0));
        flume.report(Jury.reports("dana", other.assessment(), o -> {}), LATER);
        skipRest(other);
      }
      assertThat(flume.deadLetter().getReason()).isEqualTo(RefusalReason.MISPLACED);
      assertThat(flume.signals()).isEmpty();
    }
  }

  @Test
  void shouldForgetATaskWhenNothingMoreIsReportedOfItForAWeek() {
    try (Flume flume = open()) {
      flume.send(Act.of("e-1").task("old").loses(0), Act.of("e-2").task("new").loses(0));
      List<Assessment> assessments = flume.assessments();
      flume.report(Jury.reports("dana", assessments.get(0), o -> {}), LATER);
      Instant muchLater = LATER.plus(Duration.ofDays(8));
      flume.report(
          Jury.reports("dana", assessments.get(1), o -> o.setIssuedAt(muchLater)), muchLater);

      assertThat(flume.signals()).hasSize(2);
      List<String> kept = new ArrayList<>();
      KeyValueStore<byte[], byte[]> store = flume.store(StoreNames.OUTCOMES);
      try (KeyValueIterator<byte[], byte[]> all = store.all()) {
        while (all.hasNext()) {
          KeyValue<byte[], byte[]> next = all.next();
          kept.add(new String(next.key, ISO_8859_1));
        }
      }
      assertThat(kept).hasSize(2).allSatisfy(key -> assertThat(key).endsWith("new"));
      skipRest(flume);
    }
  }

  private static Escalation escalation() {
    try (Flume flume = open()) {
      flume.send(Act.of("e-1").tool("transfer").loses(8));
      flume.skip(flume.topics().assessments());
      Escalation escalation = flume.escalation();
      skipRest(flume);
      return escalation;
    }
  }
}
