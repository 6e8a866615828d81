/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Assessment;
import dev.weir.event.Concentration;
import dev.weir.event.DeadLetter;
import dev.weir.event.Decision;
import dev.weir.event.Distribution;
import dev.weir.event.Exposure;
import dev.weir.event.LedgerHour;
import dev.weir.event.Price;
import dev.weir.event.RefusalReason;
import dev.weir.event.ViabilityAnswer;
import dev.weir.metrics.MetricNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** How what a partition has seen returns to it as the fleet's price, and what bad news does. */
class FleetStoryTest {
  /** Actions after which a partition first tells what it has seen. */
  private static final int FIRST_EXPOSURE = 16;

  private static final byte[] POISON = "poison".getBytes(StandardCharsets.UTF_8);

  @Test
  void shouldDecideWithTheFleetsPriceWhenOneIsKnown() {
    try (Flume flume = Flume.open()) {
      send(flume, 0, FIRST_EXPOSURE + 1);

      Exposure exposure = only(flume.exposures());
      Price price = only(flume.prices());
      Concentration concentration = only(flume.concentrations());
      LedgerHour hour = only(flume.ledger());
      List<Assessment> assessments = flume.assessments();
      assertThat(exposure.getActions()).isEqualTo(FIRST_EXPOSURE);
      assertThat(exposure.getSequence()).isEqualTo(1);
      assertThat(exposure.getTasks()).isEqualTo(4);
      assertThat(exposure.getMass()).isEqualTo(mass(assessments.subList(0, FIRST_EXPOSURE)));
      assertThat(price.getWindowActions()).isEqualTo(FIRST_EXPOSURE);
      assertThat(concentration.getActions().getCount()).isEqualTo(FIRST_EXPOSURE);
      assertThat(concentration.getViability().getAnswer()).isEqualTo(ViabilityAnswer.UNKNOWN);
      assertThat(concentration.getConfirmed()).isNull();
      assertThat(concentration.getTopRule().getRule()).isEqualTo("loss");
      assertThat(concentration.getTopRule().getShare()).isCloseTo(1, within(1e-9));
      assertThat(concentration.getWorst())
          .hasSize(10)
          .first()
          .satisfies(worst -> assertThat(worst.getEventId()).isEqualTo("e-15"));
      assertThat(hour.getActions()).isEqualTo(FIRST_EXPOSURE);
      assertThat(assessments.subList(0, FIRST_EXPOSURE))
          .extracting(a -> a.getDecision().getFleetPrice())
          .containsOnlyNulls();
      Decision informed = assessments.get(FIRST_EXPOSURE).getDecision();
      assertThat(informed.getFleetPrice()).isEqualTo(price.getPrice());
      assertThat(informed.getFleetPriceSequence()).isEqualTo(price.getSequence());
      assertThat(flume.metrics().value(MetricNames.PRICE, "kind", "fleet"))
          .isEqualTo(price.getPrice());
      skipActions(flume);
    }
  }

  @Test
  void shouldTellHowMassIsSpreadOverAgentsOnceTheyHaveActedForAWhile() {
    try (Flume flume = Flume.open()) {
      for (int i = 0; i < 800; i++) {
        int agent = i % 4;
        flume.send(Act.of("e-" + i).loses(agent).with("agent", "{\"id\":\"a-" + agent + "\"}"));
      }

      List<Concentration> told = flume.concentrations();
      assertThat(told.get(0).getAgents()).isNull();
      Distribution agents = told.get(told.size() - 1).getAgents();
      assertThat(agents.getCount()).isEqualTo(4);
      assertThat(agents.getMass())
          .isCloseTo(mass(flume.assessments().subList(0, 4 * 128)), within(1e-6));
      assertThat(flume.metrics().value(MetricNames.GINI, "of", "agents"))
          .isEqualTo(agents.getGini());
      skipActions(flume);
      flume.skipFleet();
    }
  }

  @Test
  void shouldKeyTheFleetsNewsByPolicyWhenItIsWritten() {
    try (Flume flume = Flume.open()) {
      send(flume, 0, FIRST_EXPOSURE);

      String digest = flume.policy().digestHex();
      assertThat(only(flume.take(flume.topics().exposure())).key())
          .asString()
          .isEqualTo("0:" + digest);
      assertThat(only(flume.take(flume.topics().prices())).key()).asString().isEqualTo(digest);
      assertThat(only(flume.take(flume.topics().concentration())).key())
          .asString()
          .isEqualTo(digest);
      assertThat(only(flume.take(flume.topics().ledger())).key())
          .asString()
          .isEqualTo("2026-03-01T12:00:00Z/" + digest);
      skipActions(flume);
    }
  }

  @Test
  void shouldIgnoreTheFleetsPriceWhenItIsOlderThanItsTtl() {
    try (Flume flume = Flume.open()) {
      send(flume, 0, FIRST_EXPOSURE);
      Instant stale = Flume.NOON.plus(Duration.ofMinutes(5)).plusMillis(1);

      flume.send(Act.of("stale").at(stale));

      assertThat(last(flume).getDecision().getFleetPrice()).isNull();
      skipActions(flume);
      flume.skipFleet();
    }
  }

  @Test
  void shouldIgnoreAPriceWhenItBelongsToAnotherPolicy() {
    try (Flume flume = Flume.open()) {
      Price other =
          price(flume, 1e6, 9)
              .setPolicyDigest(ByteBuffer.wrap(Policies.priced(2).digest()))
              .build();

      flume
          .pipe("weir.prices", key(flume), Codecs.PRICE.encode(other), none(), Flume.NOON)
          .send(Act.of("e-1"));

      assertThat(last(flume).getDecision().getFleetPrice()).isNull();
      skipActions(flume);
    }
  }

  @Test
  void shouldWriteADeadLetterWhenAnExposureCannotBeRead() {
    try (Flume flume = Flume.open()) {
      flume
          .pipe("weir.exposure", POISON, POISON, none(), Flume.NOON)
          .pipe("weir.exposure", null, null, none(), Flume.NOON);

      List<DeadLetter> letters = flume.deadLetters();
      assertThat(letters)
          .extracting(DeadLetter::getReason)
          .containsExactly(RefusalReason.BAD_INTERNAL, RefusalReason.BAD_INTERNAL);
      assertThat(letters.get(0).getTopic()).isEqualTo("weir.exposure");
      assertThat(letters.get(0).getValue().array()).isEqualTo(POISON);
      assertThat(letters.get(1).getValueLength()).isEqualTo(-1);
      assertThat(flume.internalRefused("weir.exposure")).isEqualTo(2);
      send(flume, 0, FIRST_EXPOSURE);
      assertThat(flume.prices()).as("prices after the poison").hasSize(1);
      skipActions(flume);
      flume.skipFleet();
    }
  }

  @Test
  void shouldPriceOnceWhenAnExposureIsRepeated() {
    try (Flume flume = Flume.open()) {
      send(flume, 0, FIRST_EXPOSURE);
      TestRecord<byte[], byte[]> exposure = only(flume.take(flume.topics().exposure()));
      assertThat(flume.prices()).hasSize(1);
      assertThat(flume.concentrations()).hasSize(1);
      assertThat(flume.ledger()).hasSize(1);

      flume.pipe("weir.exposure", exposure.key(), exposure.value(), none(), Flume.NOON);

      skipActions(flume);
    }
  }

  @Test
  void shouldLeaveItToOthersWhenAnExposureBelongsToAnotherPolicy() {
    try (Flume flume = Flume.open();
        Flume other = Flume.open(Policies.priced(2))) {
      send(other, 0, FIRST_EXPOSURE);
      TestRecord<byte[], byte[]> exposure = only(other.take(other.topics().exposure()));
      skipActions(other);
      other.skipFleet();

      flume.pipe("weir.exposure", exposure.key(), exposure.value(), none(), Flume.NOON);
      flume.skip(flume.topics().chance());
    }
  }

  @Test
  void shouldKeepTheLastGoodPriceWhenAPriceCannotBeRead() {
    try (Flume flume = Flume.open()) {
      byte[] good = Codecs.PRICE.encode(price(flume, 12.5, 7).build());
      flume.pipe("weir.prices", key(flume), good, none(), Flume.NOON);

      flume
          .pipe("weir.prices", key(flume), POISON, none(), Flume.NOON)
          .pipe("weir.prices", key(flume), null, none(), Flume.NOON)
          .pipe("weir.prices", null, good, none(), Flume.NOON)
          .send(Act.of("e-1"));

      Decision decision = last(flume).getDecision();
      assertThat(decision.getFleetPrice()).isEqualTo(12.5);
      assertThat(decision.getFleetPriceSequence()).isEqualTo(7);
      assertThat(flume.internalRefused("weir.prices")).isEqualTo(3);
      skipActions(flume);
    }
  }

  @Test
  void shouldIgnoreAPriceWhenItIsNoPrice() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 0, -1}) {
      try (Flume flume = Flume.open()) {
        byte[] value = Codecs.PRICE.encode(price(flume, bad, 7).build());

        flume.pipe("weir.prices", key(flume), value, none(), Flume.NOON).send(Act.of("e-1"));

        assertThat(last(flume).getDecision().getFleetPrice()).as("price %s", bad).isNull();
        skipActions(flume);
      }
    }
  }

  @Test
  void shouldKeepTheLastGoodConcentrationWhenOneCannotBeRead() {
    try (Flume flume = Flume.open()) {
      send(flume, 0, FIRST_EXPOSURE);
      double gini = flume.metrics().value(MetricNames.GINI, "of", "actions");
      assertThat(gini).isPositive();

      flume
          .pipe("weir.concentration", key(flume), POISON, none(), Flume.NOON)
          .pipe("weir.concentration", key(flume), null, none(), Flume.NOON);

      assertThat(flume.internalRefused("weir.concentration")).isEqualTo(2);
      assertThat(flume.metrics().value(MetricNames.GINI, "of", "actions")).isEqualTo(gini);
      skipActions(flume);
      flume.skipFleet();
    }
  }

  private static Price.Builder price(Flume flume, double price, long sequence) {
    return Price.newBuilder()
        .setPolicyDigest(ByteBuffer.wrap(flume.policy().digest()))
        .setSequence(sequence)
        .setPrice(price)
        .setCutShare(1)
        .setWindowActions(1000)
        .setWindowBaseCost(1000)
        .setWindow(List.of())
        .setCredit(0)
        .setPartitions(1)
        .setTaxRatio(1)
        .setAsOf(Flume.NOON);
  }

  private static byte[] key(Flume flume) {
    return flume.policy().digestHex().getBytes(StandardCharsets.UTF_8);
  }

  private static RecordHeaders none() {
    return new RecordHeaders();
  }

  private static void send(Flume flume, int from, int to) {
    for (int i = from; i < to; i++) {
      flume.send(Act.of("e-" + i).task("t-" + i % 4).loses(0.1 * i));
    }
  }

  private static Assessment last(Flume flume) {
    List<Assessment> all = flume.assessments();
    return all.get(all.size() - 1);
  }

  private static double mass(List<Assessment> assessments) {
    double mass = 0;
    for (Assessment assessment : assessments) {
      mass += assessment.getScore().getMass();
    }
    return mass;
  }

  private static void skipActions(Flume flume) {
    flume.skip(
        flume.topics().chance(),
        flume.topics().assessments(),
        flume.topics().escalations(),
        flume.topics().taskRisk());
  }

  private static <T> T only(List<T> all) {
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
