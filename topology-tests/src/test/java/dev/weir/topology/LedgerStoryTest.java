/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Assessment;
import dev.weir.event.EscalationReason;
import dev.weir.event.LedgerHour;
import dev.weir.event.ReasonSpend;
import dev.weir.event.TierSpend;
import dev.weir.metrics.MetricNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** How what partitions tell becomes hours of the ledger. */
class LedgerStoryTest {
  private static final Instant ONE = Flume.NOON.plus(Duration.ofHours(1));

  @Test
  void shouldKeepHoursApartWhenThePartitionTellsBeforeEach() {
    try (Flume flume = Flume.open()) {
      send(flume, 0, 50, Flume.NOON);
      flume.send(Act.of("launch").tool("launch").at(Flume.NOON.plusSeconds(3_599)));
      send(flume, 50, 90, ONE);
      send(flume, 90, 91, ONE.plus(Duration.ofHours(1)));

      Map<Instant, LedgerHour> hours = hours(flume);
      List<Assessment> all = flume.assessments();
      assertThat(hours).containsOnlyKeys(Flume.NOON, ONE);
      agrees(hours.get(Flume.NOON), all.subList(0, 51));
      agrees(hours.get(ONE), all.subList(51, 91));
      assertThat(hours.get(Flume.NOON).getReasons())
          .extracting(ReasonSpend::getReason)
          .contains(EscalationReason.ROUTE);
      assertThat(flume.metrics().value(MetricNames.LEDGER_HOUR))
          .isEqualTo((double) ONE.getEpochSecond());
      assertThat(flume.metrics().value(MetricNames.LEDGER_ACTIONS)).isEqualTo(40);
      skip(flume);
    }
  }

  @Test
  void shouldBookNothingTwiceWhenExposuresAreRepeatedAndReordered() {
    try (Flume flume = Flume.open()) {
      send(flume, 0, 200, Flume.NOON);
      List<TestRecord<byte[], byte[]>> told =
          new ArrayList<>(flume.take(flume.topics().exposure()));
      assertThat(told).hasSizeGreaterThan(3);
      assertThat(hours(flume)).hasSize(1);
      flume.skip(flume.topics().prices(), flume.topics().concentration());

      Collections.reverse(told);
      for (TestRecord<byte[], byte[]> again : told) {
        flume.pipe("weir.exposure", again.key(), again.value(), new RecordHeaders(), ONE);
      }

      assertThat(flume.ledger()).as("hours that were added to").isEmpty();
      assertThat(flume.prices()).isEmpty();
      skip(flume);
    }
  }

  @Test
  void shouldChargeScoringWhenThePolicySaysWhatItCosts() {
    String yaml =
        Policies.draft(1).yaml().replace("price_ttl: 5m", "price_ttl: 5m, scorer_cost: 0.02");
    try (Flume flume = Flume.open(Policies.load(yaml))) {
      send(flume, 0, 16, Flume.NOON);

      LedgerHour hour = hours(flume).get(Flume.NOON);
      assertThat(hour.getScorerCost()).isCloseTo(0.32, within(1e-9));
      assertThat(hour.getTax())
          .isCloseTo((hour.getReviewCost() + 0.32) / hour.getBaseCost(), within(1e-9));
      skip(flume);
    }
  }

  /** The latest of each hour. */
  private static Map<Instant, LedgerHour> hours(Flume flume) {
    Map<Instant, LedgerHour> hours = new LinkedHashMap<>();
    flume.ledger().forEach(hour -> hours.put(hour.getHour(), hour));
    return hours;
  }

  private static void agrees(LedgerHour hour, List<Assessment> assessed) {
    double base = 0;
    double review = 0;
    double mass = 0;
    double reviewed = 0;
    long reviews = 0;
    for (Assessment each : assessed) {
      base += each.getDecision().getBaseCost();
      review += each.getDecision().getReviewCost();
      mass += each.getScore().getMass();
      reviewed += each.getDecision().getReviewCost() > 0 ? each.getScore().getMass() : 0;
      reviews += each.getDecision().getReviewCost() > 0 ? 1 : 0;
    }
    assertThat(hour.getActions()).isEqualTo(assessed.size());
    assertThat(hour.getBaseCost()).isEqualTo(base);
    assertThat(hour.getReviewCost()).isEqualTo(review);
    assertThat(hour.getMass()).isCloseTo(mass, within(1e-9 * mass));
    assertThat(hour.getMassReviewed()).isCloseTo(reviewed, within(1e-9 * mass));
    assertThat(hour.getTiers().stream().mapToLong(TierSpend::getReviews).sum()).isEqualTo(reviews);
    assertThat(hour.getReasons().stream().mapToLong(ReasonSpend::getReviews).sum())
        .isEqualTo(reviews);
  }

  private static void send(Flume flume, int from, int to, Instant at) {
    for (int i = from; i < to; i++) {
      flume.send(
          Act.of("e-" + i).task("t-" + i % 4).loses(i % 30 / 10.0).at(at.plusSeconds(i - from)));
    }
  }

  private static void skip(Flume flume) {
    flume.skip(
        flume.topics().assessments(), flume.topics().escalations(), flume.topics().taskRisk());
    flume.skipFleet();
  }
}
