/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Commitments;
import dev.weir.budget.Draws;
import dev.weir.budget.EpochKey;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.ChanceEpoch;
import dev.weir.event.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/**
 * Epochs of chance on the topics: nothing tells a key before its time, and afterwards everybody can
 * recompute every draw (invariants 4 and 6).
 */
class ChanceStoryTest {
  private static final Duration EPOCH = Duration.ofMinutes(10);
  private static final Duration DELAY = Duration.ofMinutes(3);
  private static final Map<String, String> SETTINGS =
      Map.of(
          WeirConfig.CHANCE_EPOCH_MS, Long.toString(EPOCH.toMillis()),
          WeirConfig.CHANCE_REVEAL_DELAY_MS, Long.toString(DELAY.toMillis()));

  @Test
  void shouldTellNoKeyBeforeItsTimeAndLetEveryDrawBeRecomputedAfterwards() throws Exception {
    Map<Long, ChanceEpoch> commitments = new HashMap<>();
    Map<String, EpochKey> keys = new HashMap<>();
    Map<EpochKey, ChanceEpoch> reveals = new HashMap<>();
    Watcher watcher = new Watcher();
    try (Flume flume = Flume.open(Policies.STORY, SETTINGS)) {
      for (int minute = 0; minute < 90; minute++) {
        for (int i = 0; i < 20; i++) {
          Instant at = Flume.NOON.plus(Duration.ofMinutes(minute).plusSeconds(2L * i));
          flume.send(Act.of("e-" + minute + "-" + i).task("t-" + i % 5), at);
        }
        for (ChanceEpoch epoch : watcher.watch(flume)) {
          if (epoch.getKey() == null) {
            assertThat(commitments.put(epoch.getEpoch(), epoch)).isNull();
          } else {
            EpochKey key = new EpochKey(epoch.getEpoch(), epoch.getKey().array());
            keys.put(key.keyId(), key);
            reveals.put(key, epoch);
          }
        }
      }
    }

    assertThat(keys.size()).isBetween(5, 8);
    for (EpochKey key : keys.values()) {
      ChanceEpoch commitment = commitments.get(key.epoch());
      ChanceEpoch reveal = reveals.get(key);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.key());
      assertThat(commitment.getCommitment().array()).isEqualTo(hash);
      assertThat(reveal.getAsOf()).isAfterOrEqualTo(commitment.getEndsAt().plus(DELAY));
      assertThat(commitment.getAsOf().isBefore(commitment.getStartsAt()))
          .as("committed in time, but for the epoch in which the fleet began")
          .isEqualTo(commitment.getEpoch() != firstEpoch());
      String hex = HexFormat.of().formatHex(key.key());
      assertThat(watcher.seen.indexOf(hex))
          .as("told once")
          .isEqualTo(watcher.seen.lastIndexOf(hex))
          .isPositive();
    }
    int recomputed = 0;
    for (Assessment a : watcher.assessments) {
      Decision decision = a.getDecision();
      EpochKey key = keys.get(decision.getChanceKeyId());
      if (key != null) {
        Draws draws = key.draws(a.getTaskId(), a.getDigest().array());
        assertThat(draws.u()).isEqualTo(decision.getU());
        assertThat(draws.auditU()).isEqualTo(decision.getAuditU());
        assertThat(a.getReceivedAt())
            .isBetween(
                commitments.get(key.epoch()).getStartsAt(),
                commitments.get(key.epoch()).getEndsAt().minusMillis(1));
        recomputed++;
      }
    }
    assertThat(recomputed).isEqualTo(keys.size() * 10 * 20);
  }

  @Test
  void shouldRevealWithTheNextReportWhenTheFleetStoodStill() {
    try (Flume flume = Flume.open(Policies.STORY, SETTINGS)) {
      report(flume, "a", Flume.NOON);
      assertThat(flume.chanceEpochs()).hasSize(1 + Commitments.AHEAD);

      report(flume, "b", Flume.NOON.plus(Duration.ofHours(5)));

      List<ChanceEpoch> due = flume.chanceEpochs();
      assertThat(due).filteredOn(e -> e.getKey() != null).hasSize(29);
      assertThat(due).filteredOn(e -> e.getKey() == null).hasSize(30);
      skipAll(flume);
    }
  }

  @Test
  void shouldTellNothingEarlyWhenAReportLiesAboutTheTime() {
    try (Flume flume = Flume.open(Policies.STORY, SETTINGS)) {
      report(flume, "a", Flume.NOON);
      var lie = flume.exposures().get(0);
      lie.setSequence(99);
      lie.setAsOf(Flume.NOON.plus(Duration.ofDays(30)));
      flume.skip(flume.topics().chance());

      flume.pipe(
          flume.topics().exposure(),
          "0".getBytes(StandardCharsets.UTF_8),
          Codecs.EXPOSURE.encode(lie),
          new RecordHeaders(),
          Flume.NOON.plusSeconds(60));

      assertThat(flume.chanceEpochs()).isEmpty();
      skipAll(flume);
    }
  }

  private static long firstEpoch() {
    return Flume.NOON.toEpochMilli() / EPOCH.toMillis();
  }

  private static void report(Flume flume, String name, Instant at) {
    for (int i = 0; i < 16; i++) {
      flume.send(Act.of(name + i).task("t-" + name), at.plusSeconds(i));
    }
  }

  private static void skipAll(Flume flume) {
    flume.skip(
        flume.topics().assessments(), flume.topics().escalations(), flume.topics().taskRisk());
    flume.skipFleet();
  }

  /** Reads along with all that is written. */
  private static final class Watcher {
    final StringBuilder seen = new StringBuilder();
    final List<Assessment> assessments = new ArrayList<>();

    /** Takes what was written since; returns the epochs of chance in it. */
    List<ChanceEpoch> watch(Flume flume) {
      List.of(
              flume.topics().escalations(),
              flume.topics().taskRisk(),
              flume.topics().exposure(),
              flume.topics().prices(),
              flume.topics().concentration(),
              flume.topics().agentExposure(),
              flume.topics().agentRecord(),
              flume.topics().ledger())
          .forEach(topic -> values(flume, topic));
      values(flume, flume.topics().assessments())
          .forEach(value -> assessments.add(Codecs.ASSESSMENT.decode(value)));
      return values(flume, flume.topics().chance()).stream().map(Codecs.CHANCE::decode).toList();
    }

    private List<byte[]> values(Flume flume, String topic) {
      List<byte[]> values = flume.take(topic).stream().map(TestRecord::value).toList();
      values.forEach(value -> seen.append(HexFormat.of().formatHex(value)).append('\n'));
      return values;
    }
  }
}
