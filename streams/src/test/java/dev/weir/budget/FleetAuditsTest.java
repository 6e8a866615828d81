/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.budget.AuditBooks.Finding;
import dev.weir.budget.AuditBooks.Subject;
import dev.weir.event.AuditReport;
import dev.weir.event.Confirmed;
import dev.weir.event.ConfirmedGroup;
import dev.weir.event.Viability;
import dev.weir.event.ViabilityAnswer;
import dev.weir.policy.AuditSettings;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FleetAuditsTest {
  private static final byte[] DIGEST = {1};
  private static final ByteBuffer POLICY = ByteBuffer.wrap(DIGEST);
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final double INCLUSION = 0.1;
  private static final AuditSettings SETTINGS =
      new AuditSettings(
          INCLUSION, Map.of(), List.of(), "cheap", "dear", 0.05, 0.05, 1000, 0.95, Map.of());

  private final FleetAudits audits = new FleetAudits();

  private static AuditBooks books() {
    return AuditBooks.fresh(DIGEST, SETTINGS);
  }

  /** Audits one in ten of what passes, of which one in {@code oneIn} is harmful, and finds it. */
  private static void work(AuditBooks books, Subject subject, int actions, int oneIn, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int audited = 0;
    for (int i = 0; i < actions; i++) {
      AuditDraw draw = new AuditDraw(INCLUSION, SETTINGS.negatives(), random.nextDouble());
      books.passed(subject, draw);
      if (draw.audited()) {
        audited++;
        boolean harmful = audited % oneIn == 0;
        books.screened(subject, draw, harmful);
        if (harmful) {
          books.confirmed(subject, draw, true, new Finding(true, 10));
        }
      }
    }
  }

  /** Catches so many, each at the cap. */
  private static void review(AuditBooks books, Subject subject, int caught) {
    for (int i = 0; i < caught; i++) {
      books.reviewed(subject, new Finding(true, SETTINGS.cap()));
    }
  }

  private static void probe(AuditBooks books, int times) {
    for (String tier : List.of(SETTINGS.screen(), SETTINGS.confirm())) {
      for (int i = 0; i < times; i++) {
        books.probed(tier, true, true);
        books.probed(tier, false, false);
      }
    }
  }

  @Test
  void shouldTellTheWholeFleetWhenPartitionsTellTheirParts() {
    AuditBooks whole = books();
    AuditBooks one = books();
    AuditBooks other = books();
    work(whole, new Subject("pay", "a"), 20_000, 100, 1);
    work(whole, new Subject("read", "b"), 20_000, 100, 2);
    work(one, new Subject("pay", "a"), 20_000, 100, 1);
    work(other, new Subject("read", "b"), 20_000, 100, 2);
    review(whole, new Subject("pay", "a"), 300);
    review(one, new Subject("pay", "a"), 100);
    review(other, new Subject("pay", "a"), 200);
    probe(whole, 1000);
    probe(one, 400);
    probe(other, 600);

    assertThat(audits.tell(one.report(0, NOON))).isTrue();
    assertThat(audits.tell(other.report(1, NOON))).isTrue();

    Confirmed confirmed = audits.confirmed(POLICY);
    assertThat(confirmed).isNotNull();
    ConfirmedGroup total = confirmed.getTotal();
    ConfirmedGroup alone = Confirmations.of(whole).getTotal();
    assertThat(total.getPassed()).isEqualTo(alone.getPassed()).isEqualTo(40_000);
    assertThat(total.getAudits()).isEqualTo(alone.getAudits());
    assertThat(total.getCaught()).isEqualTo(300);
    assertThat(total.getHarmRate().getValue())
        .isCloseTo(alone.getHarmRate().getValue(), within(1e-12));
    assertThat(total.getRecall().getLow()).isCloseTo(alone.getRecall().getLow(), within(1e-9));
    assertThat(confirmed.getClasses())
        .extracting(ConfirmedGroup::getName)
        .containsExactlyInAnyOrder("pay", "read");
    assertThat(confirmed.getProbes())
        .extracting(tally -> tally.getHarmful())
        .containsExactly(1000L, 1000L);
  }

  @Test
  void shouldAnswerWhetherReviewIsEnoughWhenAuditsAndProbesSayIt() {
    AuditBooks books = books();
    work(books, new Subject("pay", "a"), 100_000, 500, 1);
    review(books, new Subject("pay", "a"), 1000);
    probe(books, 3000);
    audits.tell(books.report(0, NOON));

    Confirmed confirmed = audits.confirmed(POLICY);
    // 1,000 caught, each at the cap; about 200 missed of 10 LU each
    assertThat(confirmed.getTotal().getRecall().getValue()).isCloseTo(0.83, within(0.04));
    assertThat(confirmed.getTotal().getCapturedShare().getValue()).isGreaterThan(0.99);
    Viability viability = Viabilities.of(confirmed, 10_000, 0.5);
    assertThat(viability.getAnswer()).isEqualTo(ViabilityAnswer.YES);
  }

  @Test
  void shouldSayNothingOfHarmWhenReviewersWereNeverProbed() {
    AuditBooks books = books();
    work(books, new Subject("pay", "a"), 20_000, 100, 1);
    review(books, new Subject("pay", "a"), 300);
    audits.tell(books.report(0, NOON));

    ConfirmedGroup total = audits.confirmed(POLICY).getTotal();
    assertThat(total.getAudits()).isPositive();
    assertThat(total.getHarmRate()).isNull();
    assertThat(total.getMissedMass()).isNull();
    assertThat(total.getRecall()).isNull();
    assertThat(total.getAuditsNeeded()).isPositive();
  }

  @Test
  void shouldKeepTheLatestReportWhenOneIsRepeatedOrComesLate() {
    AuditBooks books = books();
    review(books, new Subject("pay", "a"), 100);
    AuditReport early = books.report(0, NOON);
    review(books, new Subject("pay", "a"), 100);
    AuditReport late = books.report(0, NOON);

    assertThat(audits.tell(late)).isTrue();
    assertThat(audits.tell(early)).isFalse();
    assertThat(audits.tell(late)).isFalse();

    assertThat(audits.confirmed(POLICY).getTotal().getCaught()).isEqualTo(200);
  }

  @Test
  void shouldForgetAPolicyWhenNoPartitionTellsOfItAnyMore() {
    AuditBooks books = books();
    review(books, new Subject("pay", "a"), 100);
    audits.tell(books.report(0, NOON));
    AuditBooks next = AuditBooks.fresh(new byte[] {2}, SETTINGS);
    review(next, new Subject("pay", "a"), 7);

    assertThat(audits.tell(next.report(0, NOON.plusSeconds(1)))).isTrue();

    assertThat(audits.confirmed(POLICY)).isNull();
    assertThat(audits.confirmed(ByteBuffer.wrap(new byte[] {2})).getTotal().getCaught())
        .isEqualTo(7);
  }

  @Test
  void shouldRenewFiguresOnlyWhenAnswersHaveGrown() {
    AuditBooks books = books();
    review(books, new Subject("pay", "a"), 1000);
    audits.tell(books.report(0, NOON));
    assertThat(audits.confirmed(POLICY).getTotal().getCaught()).isEqualTo(1000);

    review(books, new Subject("pay", "a"), 20);
    audits.tell(books.report(0, NOON));
    assertThat(audits.confirmed(POLICY).getTotal().getCaught()).isEqualTo(1000);

    review(books, new Subject("pay", "a"), 1);
    audits.tell(books.report(0, NOON));
    assertThat(audits.confirmed(POLICY).getTotal().getCaught()).isEqualTo(1021);
  }
}
