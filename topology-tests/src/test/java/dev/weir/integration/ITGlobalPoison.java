/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.event.RefusalReason;
import dev.weir.event.RiskBucket;
import dev.weir.event.RiskProfile;
import dev.weir.topology.Codecs;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Bad records on topics that only Weir should write to stop nothing and change nothing. */
class ITGlobalPoison {
  private static final String OTHER_POLICY = "f".repeat(64);

  @Test
  void shouldKeepTheLastGoodValueWhenGlobalTopicsAreBad() throws Exception {
    try (Cluster cluster = Cluster.start("it-global");
        Ledger ledger = cluster.ledger()) {
      String prices = cluster.topics().prices();
      String concentration = cluster.topics().concentration();
      send(cluster, prices, Codecs.PRICE.encode(price(42)));
      int bad = poison(cluster, prices) + poison(cluster, concentration);

      Instance monitor = cluster.run("one");
      Await.until("the good price", () -> monitor.monitor().prices().get(OTHER_POLICY) != null);
      act(cluster, 0);
      ledger.awaitAll(cluster.published());
      assertThat(monitor.refused(prices) + monitor.refused(concentration)).isEqualTo(bad);
      assertThat(monitor.monitor().prices().get(OTHER_POLICY).getPrice()).isEqualTo(42);

      int more = bad + poison(cluster, prices) + poison(cluster, concentration);
      Await.until(
          "a count of every refusal",
          () -> monitor.refused(prices) + monitor.refused(concentration) == more);
      assertThat(monitor.monitor().prices().get(OTHER_POLICY).getPrice()).isEqualTo(42);
      send(cluster, prices, Codecs.PRICE.encode(price(43)));
      Await.until(
          "the next good price",
          () -> monitor.monitor().prices().get(OTHER_POLICY).getPrice() == 43);

      act(cluster, 1);
      ledger.awaitAll(cluster.published());
      String own = Cluster.POLICY.digestHex();
      Await.until(
          "the fleet's own price and concentration",
          () ->
              monitor.monitor().prices().get(own) != null
                  && monitor.monitor().concentrations().get(own) != null);
      assertThat(monitor.sound()).isTrue();
    }
  }

  @Test
  void shouldDeadLetterBadExposuresWhenTheyAreStrays() throws Exception {
    try (Cluster cluster = Cluster.start("it-exposure");
        Ledger ledger = cluster.ledger()) {
      Instance monitor = cluster.run("one");
      List<Place> strays = new ArrayList<>();
      for (byte[] value : badExposures()) {
        strays.add(
            cluster.stray(
                new ProducerRecord<>(cluster.topics().exposure(), Events.bytes("0:x"), value)));
      }
      act(cluster, 0);
      List<Place> places = new ArrayList<>(cluster.published());
      places.addAll(strays);
      ledger.awaitAll(places);
      String own = Cluster.POLICY.digestHex();
      Await.until("a price after them", () -> monitor.monitor().prices().get(own) != null);
      assertThat(monitor.sound()).isTrue();
      monitor.close();
      ledger.drain();

      ledger.assertOneOutcomeOfEach(places);
      assertThat(ledger.deadLetters())
          .hasSameSizeAs(strays)
          .allMatch(letter -> letter.getReason() == RefusalReason.BAD_INTERNAL);
      assertThat(monitor.refused(cluster.topics().exposure())).isEqualTo(strays.size());
    }
  }

  @Test
  void shouldDeadLetterStraysWhenTheyAreOnTheRekeyTopic() throws Exception {
    try (Cluster cluster = Cluster.start("it-rekey");
        Ledger ledger = cluster.ledger()) {
      Instance monitor = cluster.run("one");
      String rekey = cluster.topics().rekey();
      int count = 0;
      for (Headers headers : strayHeaders()) {
        for (byte[] value :
            Arrays.asList(null, new byte[0], Events.bytes("{"), Events.json("stray", 0))) {
          for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
            cluster.stray(new ProducerRecord<>(rekey, partition, (byte[]) null, value, headers));
            count++;
          }
        }
      }
      int strays = count;
      act(cluster, 0);
      ledger.awaitAll(cluster.published());
      ledger.await("every stray", seen -> seen.deadLetters().size() == strays);
      assertThat(monitor.sound()).isTrue();
      monitor.close();
      ledger.drain();

      assertThat(ledger.deadLetters()).hasSize(strays);
      assertThat(ledger.assessments()).hasSameSizeAs(cluster.published());
      ledger.assertFoldsExact();
    }
  }

  private static void act(Cluster cluster, int round) {
    for (int i = 0; i < 200; i++) {
      cluster.act("task-" + i, Events.json("task-" + i, round));
    }
  }

  private static void send(Cluster cluster, String topic, byte[] value) throws Exception {
    cluster.stray(new ProducerRecord<>(topic, Events.bytes(OTHER_POLICY), value));
  }

  /** Sends what no reader can read, under the good value's key; how many records. */
  private static int poison(Cluster cluster, String topic) throws Exception {
    byte[] good = Codecs.PRICE.encode(price(7));
    List<byte[]> bad =
        Arrays.asList(
            null,
            new byte[0],
            Events.bytes("not a record"),
            Arrays.copyOf(good, good.length - 1),
            Codecs.EXPOSURE.encode(exposure(0, List.of())),
            new byte[900_000]);
    for (byte[] value : bad) {
      send(cluster, topic, value);
    }
    return bad.size();
  }

  private static List<byte[]> badExposures() {
    byte[] good = Codecs.EXPOSURE.encode(exposure(0, List.of()));
    List<RiskBucket> many =
        IntStream.range(0, 80_000).mapToObj(i -> new RiskBucket(i, 1L, 1.0)).toList();
    return Arrays.asList(
        null,
        new byte[0],
        Events.bytes("{}"),
        Arrays.copyOf(good, good.length / 2),
        Codecs.PRICE.encode(price(7)),
        Codecs.EXPOSURE.encode(exposure(-1, List.of())),
        Codecs.EXPOSURE.encode(exposure(Cluster.PARTITIONS, List.of())),
        Codecs.EXPOSURE.encode(exposure(0, many)));
  }

  /** Well-formed origins are not among them: those only an ACL keeps out. */
  private static List<Headers> strayHeaders() {
    byte[] position = new byte[20];
    return List.of(
        new RecordHeaders(),
        new RecordHeaders().add("weir-origin-topic", Events.bytes("it-rekey.actions")),
        new RecordHeaders().add("weir-origin-topic", null).add("weir-origin-position", null),
        new RecordHeaders()
            .add("weir-origin-topic", Events.bytes("it-rekey.actions"))
            .add("weir-origin-position", new byte[19]),
        new RecordHeaders()
            .add("weir-origin-topic", Events.bytes("x".repeat(3 << 20)))
            .add("weir-origin-position", position));
  }

  private static Price price(double value) {
    return new Price(
        ByteBuffer.wrap(new byte[32]),
        1L,
        value,
        0.5,
        1L,
        1.0,
        List.of(),
        0.0,
        1,
        1.0,
        Instant.ofEpochMilli(1),
        List.of());
  }

  private static Exposure exposure(int partition, List<RiskBucket> histogram) {
    return new Exposure(
        partition,
        ByteBuffer.wrap(Cluster.POLICY.digest()),
        1L,
        1L,
        1.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0L,
        0L,
        0L,
        0L,
        1.0,
        0.0,
        0.0,
        0.0,
        1L,
        List.of(),
        List.of(),
        new RiskProfile(List.of(), 1.0, histogram, histogram, List.of(), List.of()),
        Instant.ofEpochMilli(1));
  }
}
