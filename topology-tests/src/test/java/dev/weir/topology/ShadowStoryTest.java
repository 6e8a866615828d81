/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.EscalationReason;
import dev.weir.event.ShadowSample;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.publish.PolicyRefusal;
import dev.weir.state.PolicyStanding;
import dev.weir.store.StoreNames;
import dev.weir.topology.Policies.Draft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What a policy beside the one in force does, and what keeps a wrong one from going live. */
class ShadowStoryTest {
  private static final int TRIAL = 200;

  /** Adds three decades and more to everything. */
  private static final Draft DEARER =
      Policies.draft(1, "  - {id: wrong, adds: {service: 6}, because: somebody slipped}\n");

  /** Has everything reviewed whatever the price. */
  private static final Draft ROUTED =
      Policies.draft(1, "  - {id: wrong, route: always, because: somebody slipped}\n");

  /** Fails on every action when it runs. */
  private static final Draft FAILING =
      Policies.draft(
          1, "  - {id: wrong, when: 'args.nowhere > 1', route: always, because: slip}\n");

  /** Finds one thing more than the policy in force. */
  private static final Draft BETTER =
      Policies.draft(
          1, "  - {id: more, when: 'args.loss == 2.5', adds: {people: 3.5}, because: found}\n");

  @Test
  void shouldChangeNoOutputButItsOwnWhenAPolicyShadows() {
    List<Object> alone;
    try (Flume flume = Flume.open()) {
      act(flume, 0, TRIAL + 50);
      alone = outputs(flume);
    }
    for (Draft draft : List.of(DEARER, ROUTED, FAILING, BETTER)) {
      try (Flume flume = Flume.open()) {
        flume.publish(Press.document(draft), Press.shadow(draft.policy(), 1));
        act(flume, 0, TRIAL + 50);

        assertThat(outputs(flume)).isEqualTo(alone);
        assertThat(shadowed(flume)).isEqualTo(TRIAL + 50);
        flume.skip(flume.topics().shadow());
      }
    }
  }

  @Test
  void shouldWriteBothJudgementsDownWhenTheyDiffer() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.document(ROUTED), Press.shadow(ROUTED.policy(), 1));
      flume.send(Act.of("e-1").loses(1));

      Assessment assessment = flume.assessments().get(0);
      ShadowSample sample = flume.shadowSamples().get(0);
      assertThat(sample.getEventId()).isEqualTo("e-1");
      assertThat(sample.getInForce().getScore()).isEqualTo(assessment.getScore());
      assertThat(sample.getShadow().getReason()).isEqualTo(EscalationReason.ROUTE);
      assertThat(Press.is(sample.getShadow().getPolicyDigest(), ROUTED.policy())).isTrue();
      assertThat(flume.metrics().value(MetricNames.SHADOW_ACTIONS, "reviewed_by", "shadow"))
          .isEqualTo(1);
      assertThat(flume.count(MetricNames.SHADOW_MANDATORY)).isEqualTo(1);
      skip(flume);
    }
  }

  @Test
  void shouldTakeNoMoreSamplesThanAnHourMayHaveWhenAllDiffers() {
    try (Flume flume =
        Flume.open(Policies.STORY, Map.of(WeirConfig.SHADOW_SAMPLES_PER_HOUR, "3"))) {
      flume.publish(Press.document(ROUTED), Press.shadow(ROUTED.policy(), 1));
      act(flume, 0, 10);
      assertThat(flume.shadowSamples()).hasSize(3);

      flume.send(Act.of("later").at(Flume.NOON.plusSeconds(3600)));

      assertThat(flume.shadowSamples()).hasSize(1);
      skip(flume);
    }
  }

  @Test
  void shouldStopShadowingWhenThePointerSaysNone() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.document(ROUTED), Press.shadow(ROUTED.policy(), 1));
      act(flume, 0, 1);
      flume.publish(Press.noShadow(2));
      act(flume, 1, 5);

      assertThat(shadowed(flume)).isEqualTo(1);
      skip(flume);
    }
  }

  @Test
  void shouldKeepTheOldPolicyWhenARuleAddsThreeDecadesToEverything() {
    assertRefused(DEARER, PolicyRefusal.PRICE, PolicyRefusal.RULE_SHARE);
  }

  @Test
  void shouldKeepTheOldPolicyWhenARuleRoutesEverything() {
    assertRefused(ROUTED, PolicyRefusal.MANDATORY_RATE);
  }

  @Test
  void shouldKeepTheOldPolicyWhenARuleFailsOnEverything() {
    assertRefused(FAILING, PolicyRefusal.MANDATORY_RATE);
  }

  @Test
  void shouldGoLiveWhenARuleOnlyFindsMore() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.live(BETTER, 1));
      act(flume, 0, TRIAL + 1);

      assertThat(standing(flume).getGeneration()).isEqualTo(1);
      skip(flume);
    }
  }

  @Test
  void shouldRefuseAtOnceWhenTheLastTrialInShadowBrokeALimit() {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.document(ROUTED), Press.shadow(ROUTED.policy(), 1));
      act(flume, 0, TRIAL);
      flume.publish(Press.active(ROUTED.policy(), 1));
      act(flume, TRIAL, TRIAL + 1);

      assertThat(standing(flume).getRefusedGeneration()).isEqualTo(1);
      skip(flume);
    }
  }

  private static void assertRefused(Draft wrong, PolicyRefusal... reasons) {
    try (Flume flume = Flume.open()) {
      flume.publish(Press.live(wrong, 1));
      act(flume, 0, TRIAL + 50);

      assertThat(flume.assessments()).allMatch(a -> Press.is(a.getPolicyDigest(), flume.policy()));
      for (PolicyRefusal reason : reasons) {
        assertThat(flume.metrics().value(MetricNames.POLICY_REFUSALS, "reason", reason.name()))
            .as("refused for %s", reason)
            .isEqualTo(1);
      }
      assertThat(standing(flume).getRefusedGeneration()).isEqualTo(1);
      assertThat(flume.policyDetail()).contains("partition 0 keeps its policy", reasons[0].name());
      assertThat(flume.metrics().value(MetricNames.POLICY_TRIALS, "status", "REFUSED"))
          .isEqualTo(1);
      assertThat(shadowed(flume)).as("a refused policy costs nothing more").isEqualTo(TRIAL);
      flume.publish(Press.live(BETTER, 2));
      act(flume, 1000, 1000 + TRIAL + 1);
      assertThat(standing(flume).getGeneration()).isEqualTo(2);
      assertThat(flume.policyDetail()).isEmpty();
      skip(flume);
    }
  }

  private static PolicyStanding standing(Flume flume) {
    return flume.<String, PolicyStanding>store(StoreNames.POLICY_STANDING).get("adopted");
  }

  private static double shadowed(Flume flume) {
    return List.of("both", "neither", "in_force", "shadow").stream()
        .mapToDouble(by -> flume.metrics().value(MetricNames.SHADOW_ACTIONS, "reviewed_by", by))
        .sum();
  }

  private static List<Object> outputs(Flume flume) {
    List<Object> all = new ArrayList<>();
    for (String topic :
        List.of(
            flume.topics().assessments(),
            flume.topics().escalations(),
            flume.topics().taskRisk(),
            flume.topics().exposure(),
            flume.topics().prices(),
            flume.topics().concentration(),
            flume.topics().chance(),
            flume.topics().ledger(),
            flume.topics().agentExposure(),
            flume.topics().agentRecord())) {
      for (TestRecord<byte[], byte[]> record : flume.take(topic)) {
        all.add(topic + Arrays.toString(record.value()));
      }
    }
    return all;
  }

  private static void act(Flume flume, int from, int to) {
    for (int i = from; i < to; i++) {
      flume.send(Act.of("e-" + i).task("t-" + i % 8).loses(i % 30 / 10.0));
    }
  }

  private static void skip(Flume flume) {
    flume.skip(
        flume.topics().assessments(),
        flume.topics().escalations(),
        flume.topics().taskRisk(),
        flume.topics().shadow());
    flume.skipFleet();
  }
}
