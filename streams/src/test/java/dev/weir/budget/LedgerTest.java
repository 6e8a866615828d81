/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Bounded;
import dev.weir.event.Confirmed;
import dev.weir.event.ConfirmedGroup;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.LedgerHour;
import dev.weir.event.ReasonSpend;
import dev.weir.event.TierSpend;
import dev.weir.policy.Accounting;
import dev.weir.policy.Lines;
import dev.weir.state.FleetEntry;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final SingleObject<Exposure> CODEC = SingleObject.of(Exposure.class);
  private static final Terms TERMS =
      new Terms(
          Asks.LADDER,
          Asks.terms(1, 1).budget().withAccounting(new Accounting(0.01, 0.5, 0.8)),
          AuditPlan.NONE,
          Lines.DEFAULT);

  /** Pricer, ledger and their stores. */
  private static final class Office {
    final Map<String, FleetEntry> entries = new HashMap<>();
    final TreeMap<String, LedgerHour> hours = new TreeMap<>();
    FleetPricer pricer = FleetPricer.restored(List.of(), 3);
    Ledger ledger = Ledger.restored(List.of());

    void take(Exposure told) {
      Exposure exposure = CODEC.decode(CODEC.encode(told));
      FleetEntry held = entries.get(FleetPricer.key(exposure));
      Exposure last = held == null ? null : held.getLast();
      pricer
          .quote(exposure, held, TERMS)
          .ifPresent(
              quote -> {
                entries.put(FleetPricer.key(exposure), quote.entry());
                String key = ledger.key(exposure);
                LedgerHour hour = ledger.book(hours.get(key), last, exposure, TERMS, null);
                assertThat(Ledger.key(hour)).isEqualTo(key);
                hours.put(key, hour);
                ledger.advance(hour);
              });
    }

    void restart() {
      pricer = FleetPricer.restored(List.copyOf(entries.values()), 3);
      ledger = Ledger.restored(List.copyOf(hours.values()));
    }
  }

  @Property(tries = 40)
  void shouldAddUpToTheLatestExposuresWhenTheyRepeatAreReorderedAndItRestarts(
      @ForAll @IntRange(max = 100_000) int seed) {
    List<Exposure> all = exposures(3, 8);
    Random random = new Random(seed);
    List<Exposure> unruly = new ArrayList<>();
    for (Exposure exposure : all) {
      for (int copies = random.nextInt(3); copies > 0; copies--) {
        unruly.add(random.nextInt(unruly.size() + 1), exposure);
      }
    }
    unruly.addAll(all.subList(all.size() - 3, all.size()));
    Office office = new Office();
    for (Exposure exposure : unruly) {
      office.take(exposure);
      if (random.nextInt(4) == 0) {
        office.restart();
      }
    }

    Exposure[] last = all.subList(all.size() - 3, all.size()).toArray(Exposure[]::new);
    double actions = 0;
    double review = 0;
    double mass = 0;
    long byTier = 0;
    long byReason = 0;
    for (LedgerHour hour : office.hours.values()) {
      actions += hour.getActions();
      review += hour.getReviewCost();
      mass += hour.getMass();
      byTier += hour.getTiers().stream().mapToLong(TierSpend::getReviews).sum();
      byReason += hour.getReasons().stream().mapToLong(ReasonSpend::getReviews).sum();
    }
    double told = 0;
    double spent = 0;
    double seen = 0;
    long reviews = 0;
    for (Exposure exposure : last) {
      told += exposure.getActions();
      spent += exposure.getReviewCost();
      seen += exposure.getMass();
      reviews += exposure.getReviews();
    }
    assertThat(actions).isEqualTo(told);
    assertThat(review).isCloseTo(spent, within(1e-6));
    assertThat(mass).isCloseTo(seen, within(1e-9 * seen));
    assertThat(byTier).isEqualTo(reviews);
    assertThat(byReason).isEqualTo(reviews);
  }

  @Test
  void shouldBookEachDifferenceToItsHourWhenExposuresComeInOrder() {
    Office office = new Office();
    exposures(1, 4).forEach(office::take);

    assertThat(office.hours.keySet())
        .allMatch(key -> key.endsWith("/" + "00".repeat(32)))
        .extracting(key -> key.substring(11, 20))
        .containsExactly("12:00:00Z", "13:00:00Z", "14:00:00Z", "15:00:00Z");
    LedgerHour second = office.hours.values().stream().toList().get(1);
    assertThat(second.getActions()).isEqualTo(500);
    assertThat(second.getBaseCost()).isEqualTo(500);
    assertThat(second.getScorerCost()).isCloseTo(5, within(1e-9));
    assertThat(second.getTax())
        .isCloseTo((second.getReviewCost() + second.getScorerCost()) / 500, within(1e-12));
    assertThat(second.getBudgetTax()).isEqualTo(1);
    TierSpend tier = second.getTiers().get(0);
    assertThat(tier.getMass()).isCloseTo(second.getMassReviewed(), within(1e-6));
    assertThat(second.getAsserted().getPrevented()).isCloseTo(0.9 * tier.getMass(), within(1e-6));
    assertThat(second.getAsserted().getMissed() + second.getAsserted().getPrevented())
        .isCloseTo(second.getMass(), within(1e-6));
    assertThat(second.getAsserted().getNet())
        .isCloseTo(
            second.getAsserted().getPrevented()
                - 0.5 * (second.getReviewCost() + second.getScorerCost()),
            within(1e-6));
    assertThat(second.getConfirmed()).isNull();
  }

  @Test
  void shouldConfirmWhatWasPreventedAndMissedWhenAuditsTellIt() {
    Exposure before = exposures(1, 1).get(0);
    Exposure after =
        Exposure.newBuilder(before)
            .setSequence(before.getSequence() + 1)
            .setActions(before.getActions() + 1000)
            .setEscalated(before.getEscalated() + 40)
            .setHarmFound(300)
            .setHarmPrevented(200)
            .build();
    ConfirmedGroup total =
        ConfirmedGroup.newBuilder()
            .setName("")
            .setPassed(1)
            .setAudits(1)
            .setReviewed(1)
            .setCaught(1)
            .setAboveCap(0)
            .setMissedMass(new Bounded(0.5, 0.1, 0.9))
            .build();
    Confirmed confirmed = new Confirmed(0.95, total, List.of(), List.of(), List.of(), false);
    Ledger ledger = Ledger.restored(List.of());

    LedgerHour hour = ledger.book(null, before, after, TERMS, confirmed);

    assertThat(hour.getHarmFound()).isEqualTo(300);
    assertThat(hour.getHarmPrevented()).isEqualTo(200);
    assertThat(hour.getConfirmed().getPrevented()).isEqualTo(200);
    assertThat(hour.getConfirmed().getMissed()).isCloseTo(100 + 0.5 * 960, within(1e-9));
    assertThat(hour.getConfirmed().getNet())
        .isCloseTo(200 - 0.5 * (hour.getReviewCost() + hour.getScorerCost()), within(1e-9));
  }

  @Test
  void shouldBookAllAnewWhenAPartitionComesUnderAnotherPolicy() {
    Office office = new Office();
    Exposure old = exposures(1, 1).get(0);
    Exposure adopted =
        Exposure.newBuilder(old)
            .setPolicyDigest(ByteBuffer.wrap(new byte[] {7}))
            .setAsOf(NOON.plusSeconds(3_500))
            .build();

    office.take(old);
    office.take(adopted);

    assertThat(office.hours).hasSize(2);
    assertThat(office.hours.values())
        .extracting(LedgerHour::getActions)
        .containsOnly(old.getActions());
  }

  @Test
  void shouldBookToTheOldestHourWhenAnExposureIsOlder() {
    Office office = new Office();
    List<Exposure> told = exposures(2, 1);
    told.get(0).setAsOf(NOON.plus(Duration.ofDays(100)));

    told.forEach(office::take);

    assertThat(office.hours.firstEntry().getValue().getHour())
        .isEqualTo(NOON.plus(Duration.ofDays(100 - 32)))
        .isEqualTo(office.ledger.oldestKept());
    assertThat(office.hours).hasSize(2);
  }

  @Test
  void shouldTakeNothingBackWhenAPartitionsBooksBeginAnew() {
    Office office = new Office();
    Exposure first = exposures(1, 1).get(0);
    Exposure lost =
        Exposure.newBuilder(first)
            .setSequence(first.getSequence() + 1)
            .setActions(1)
            .setBaseCost(1)
            .setReviewCost(0)
            .setTiers(List.of())
            .setReasons(List.of())
            .build();

    office.take(first);
    office.take(lost);

    assertThat(office.hours.firstEntry().getValue().getActions()).isEqualTo(first.getActions());
    assertThat(office.hours.firstEntry().getValue().getReviewCost())
        .isEqualTo(first.getReviewCost());
  }

  @Test
  void shouldTellBeforeTheFirstActionOfAnHour() {
    Controller controller = Controller.fresh(Asks.ALONE, TERMS, Asks.POLICY);
    assertThat(controller.hourOver(NOON.toEpochMilli())).isFalse();

    decide(controller, NOON.plusSeconds(3_599));

    assertThat(controller.hourOver(NOON.plusSeconds(3_599).toEpochMilli())).isFalse();
    assertThat(controller.hourOver(NOON.plusSeconds(3_600).toEpochMilli())).isTrue();
    Exposure exposure = controller.exposure(controller.lastMs());
    assertThat(exposure.getAsOf()).isEqualTo(NOON.plusSeconds(3_599));
    assertThat(controller.hourOver(NOON.plusSeconds(3_600).toEpochMilli())).isFalse();
  }

  /** 500 actions of each partition an hour, told at its end. */
  private static List<Exposure> exposures(int partitions, int hours) {
    SplittableRandom random = new SplittableRandom(5);
    List<Controller> controllers = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      controllers.add(Controller.fresh(new Seat(p, partitions), TERMS, Asks.POLICY));
    }
    List<Exposure> exposures = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      Instant end = NOON.plus(Duration.ofHours(hour)).plusSeconds(3_000);
      for (Controller controller : controllers) {
        for (int i = 0; i < 500; i++) {
          double risk = Asks.pareto(1.5, random);
          EscalationReason reason = i % 100 == 0 ? EscalationReason.ROUTE : EscalationReason.NONE;
          controller.decide(Asks.of(risk, random.nextDouble(), reason, null));
        }
        exposures.add(controller.exposure(end.toEpochMilli()));
      }
    }
    return exposures;
  }

  private static void decide(Controller controller, Instant at) {
    Ask ask = Asks.of(1, 0.5);
    controller.decide(
        new Ask(
            ask.risk(),
            ask.mass(),
            "",
            1,
            Mandate.NONE,
            ask.draws(),
            null,
            Belonging.NONE,
            Unreviewed.NONE,
            at.toEpochMilli()));
  }
}
