/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.PolicyLoader;
import dev.weir.topology.Fleets.Logged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Every input record ends in exactly one of: one assessment, one dead letter, one counted duplicate
 * notice. That crashes change nothing in this is for a real broker to show.
 */
class Invariant1Test {

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void shouldEndInExactlyOneOutputWhenRecordsAreOfAnyKind(@ForAll long seed) {
    List<Logged> log = Fleets.interleaved(Fleets.logs(Fleets.flawed(seed, 15)), seed);
    SplittableRandom random = new SplittableRandom(seed);
    try (Flume flume = Flume.open(PolicyLoader.builtIn())) {
      for (Logged record : log) {
        flume.send(hurt(record.value(), random), record.receivedAt());
      }

      List<Long> ended = new ArrayList<>();
      flume.assessments().forEach(a -> ended.add(a.getOffset()));
      flume.deadLetters().forEach(d -> ended.add(d.getOffset()));
      flume.duplicates().forEach(d -> ended.add(d.getOffset()));
      assertThat(ended)
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, log.size()).boxed().toList());
      flume.skip(
          flume.topics().taskRisk(), flume.topics().escalations(), flume.topics().dispositions());
      flume.skipFleet();
    }
  }

  /** One in four records loses its end, or has bytes changed. */
  private static byte[] hurt(byte[] value, SplittableRandom random) {
    byte[] hurt = value.clone();
    switch (random.nextInt(12)) {
      case 0 -> hurt[random.nextInt(hurt.length)] = (byte) random.nextInt();
      case 1 -> hurt = Arrays.copyOf(hurt, random.nextInt(hurt.length));
      case 2 -> random.nextBytes(hurt);
      default -> {
        return value;
      }
    }
    return hurt;
  }
}
