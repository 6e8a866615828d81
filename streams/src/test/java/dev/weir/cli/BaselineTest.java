/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.Adopted.Stand;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final Policy CONFIGURED = policy("configured");
  private static final Policy NEXT = policy("next");

  private static Policy policy(String id) {
    String yaml =
        """
        weir: 1
        id: %s
        version: "1"
        budget: {tax: 0.1}
        tiers: [{id: expert, cost: 100, deadline: 1h}]
        """;
    return PolicyLoader.load(id, yaml.formatted(id).getBytes(UTF_8));
  }

  private static Stand stand(long generation, Policy policy, long atMs) {
    return new Stand(generation, policy.digestHex(), atMs);
  }

  private static Adopted adopted(Map<Integer, Stand> latest) {
    return new Adopted(new TreeMap<>(latest));
  }

  private static @Nullable Policy known(String digestHex) {
    return List.of(CONFIGURED, NEXT).stream()
        .filter(policy -> policy.digestHex().equals(digestHex))
        .findFirst()
        .orElse(null);
  }

  @Test
  void shouldBeTheConfiguredPolicyWhenNothingWasAssessed() {
    Baseline baseline = Baseline.of(adopted(Map.of()), BaselineTest::known, CONFIGURED, null);
    assertThat(baseline.policy()).isEqualTo(CONFIGURED);
    assertThat(baseline.witness()).isNull();
    assertThat(baseline.told()).contains("no assessments yet");
  }

  @Test
  void shouldBeWhatMostPartitionsAdopted() {
    Adopted adopted =
        adopted(
            Map.of(0, stand(1, NEXT, 9), 1, stand(0, CONFIGURED, 5), 2, stand(0, CONFIGURED, 7)));
    Baseline baseline = Baseline.of(adopted, BaselineTest::known, NEXT, null);
    assertThat(baseline.policy()).isEqualTo(CONFIGURED);
    assertThat(baseline.witness()).isEqualTo(new Baseline.Witness(2, stand(0, CONFIGURED, 7)));
    assertThat(baseline.told()).contains("2 partitions score by", "others score by another");
  }

  @Test
  void shouldBeTheLatestWhenAsManyPartitionsAdoptedAnother() {
    Adopted adopted = adopted(Map.of(0, stand(1, NEXT, 9), 1, stand(0, CONFIGURED, 5)));
    assertThat(Baseline.of(adopted, BaselineTest::known, CONFIGURED, null).policy())
        .isEqualTo(NEXT);
  }

  @Test
  void shouldAskForAFileWhenThePolicyIsNotKnown() {
    Policy stranger = policy("stranger");
    Adopted adopted = adopted(Map.of(3, stand(4, stranger, 1)));
    assertThatThrownBy(() -> Baseline.of(adopted, BaselineTest::known, CONFIGURED, null))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("partition 3 scores by policy")
        .hasMessageContaining("--against");
    assertThat(Baseline.of(adopted, BaselineTest::known, CONFIGURED, stranger).told())
        .startsWith("compared with what partition 3 scores by: generation 4, stranger 1");
    assertThat(Baseline.of(adopted, BaselineTest::known, CONFIGURED, NEXT).told())
        .contains("of --against, though partition 3 scores by");
  }

  @Test
  void shouldFindWhatWasInForceJustBefore() {
    List<Stand> log =
        List.of(
            stand(0, CONFIGURED, 0),
            stand(0, CONFIGURED, 1),
            stand(2, NEXT, 2),
            stand(3, NEXT, 3),
            stand(3, NEXT, 4));
    Before.Log from = offset -> offset < log.size() ? log.get((int) offset) : null;
    assertThat(new Before(from).of(log.get(4), 0, 7)).isEqualTo(log.get(1));
    assertThat(new Before(from).of(log.get(0), 0, 7)).isNull();
    assertThat(new Before(from).of(log.get(4), 2, 7)).as("retention took it").isNull();
  }
}
