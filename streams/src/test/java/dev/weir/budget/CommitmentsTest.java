/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ChanceEpoch;
import dev.weir.state.ChanceState;
import dev.weir.wire.SingleObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommitmentsTest {
  private static final long EPOCH_MS = 1_000;
  private static final long DELAY_MS = 300;
  private static final SingleObject<ChanceState> STATE = SingleObject.of(ChanceState.class);

  private final Chance chance =
      new Chance("a master key of 32 bytes or more".getBytes(UTF_8), EPOCH_MS);
  private final Commitments commitments = new Commitments(chance, DELAY_MS);
  private @Nullable ChanceState state;

  private List<ChanceEpoch> at(long nowMs) {
    Commitments.Due due = commitments.due(state, nowMs);
    state = STATE.decode(STATE.encode(due.state()));
    return due.epochs();
  }

  @Test
  void shouldCommitAheadAndRevealAfterTheDelay() {
    assertThat(at(5_100)).hasSize(1 + Commitments.AHEAD).allMatch(e -> e.getKey() == null);
    assertThat(at(5_999)).isEmpty();
    assertThat(at(6_000)).singleElement().satisfies(e -> assertThat(e.getEpoch()).isEqualTo(13));
    assertThat(at(6_299)).isEmpty();

    ChanceEpoch revealed = at(6_300).get(0);

    assertThat(revealed.getEpoch()).isEqualTo(5);
    assertThat(revealed.getKey().array()).isEqualTo(chance.epoch(5).key());
    assertThat(revealed.getCommitment().array()).isEqualTo(chance.epoch(5).commitment());
    assertThat(Commitments.topicKey(revealed)).isEqualTo("5/key");
  }

  @Test
  void shouldLeaveNoEpochOutWhenTheFleetStoodStill() {
    at(5_100);
    List<ChanceEpoch> all = new ArrayList<>(at(2_000_000));
    while (state.getCommitted() < 2_000 + Commitments.AHEAD) {
      all.addAll(at(2_000_000));
    }
    all.addAll(at(2_000_000));

    assertThat(all.stream().filter(e -> e.getKey() == null).map(ChanceEpoch::getEpoch))
        .hasSize(2_000 + Commitments.AHEAD - 12)
        .doesNotHaveDuplicates();
    assertThat(all.stream().filter(e -> e.getKey() != null).map(ChanceEpoch::getEpoch))
        .hasSize(1_999 - 5 + 1 - 1)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldPublishBoundedlyWhenAReportSaysItIsTheEndOfDays() {
    at(5_100);
    assertThat(at(Long.MAX_VALUE / 2)).hasSizeLessThanOrEqualTo(2 * Commitments.MAX_EPOCHS);
  }

  @Test
  void shouldBeginAnewWhenTheMasterIsAnother() {
    at(5_100);
    Chance other = new Chance("another master key of 32 bytes..".getBytes(UTF_8), EPOCH_MS);

    Commitments.Due due = new Commitments(other, DELAY_MS).due(state, 7_500);

    assertThat(due.epochs()).hasSize(1 + Commitments.AHEAD).allMatch(e -> e.getKey() == null);
    assertThat(due.epochs().get(0).getEpoch()).isEqualTo(7);
  }

  @Property(tries = 100)
  void shouldTellNoKeyBeforeItsTimeAndEveryKeyOnceInAnyOrderOfReports(@ForAll long seed) {
    state = null;
    SplittableRandom random = new SplittableRandom(seed);
    long latest = 0;
    Map<String, ChanceEpoch> told = new HashMap<>();
    Set<Long> met = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      long now = Math.max(0, 20_000 + i * 100L + random.nextLong(-8_000, 3_000));
      latest = Math.max(latest, now);
      met.add(chance.epochAt(now));
      for (ChanceEpoch epoch : at(now)) {
        assertThat(told.put(Commitments.topicKey(epoch), epoch)).isNull();
        if (epoch.getKey() != null) {
          assertThat(latest).isGreaterThanOrEqualTo((epoch.getEpoch() + 1) * EPOCH_MS + DELAY_MS);
        }
      }
    }
    at(latest + 100 * EPOCH_MS).forEach(e -> told.put(Commitments.topicKey(e), e));
    assertThat(met)
        .allSatisfy(
            epoch -> {
              assertThat(told.get(epoch + "/key").getCommitment())
                  .isEqualTo(told.get(epoch + "/commitment").getCommitment());
            });
  }
}
