/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.event.RefusalReason;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.PolicyException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/**
 * A bad policy, record or config value is refused with a message that says where and why; the last
 * good one stays. (Verdicts are yet to come.)
 */
class Invariant9Test {

  @Test
  void shouldSayWhereAndWhyWhenAPolicyIsBad() {
    String policy =
        """
        weir: 1
        id: bad
        version: "1"
        budget: {tax: 0.1}
        tiers: [{id: expert, cost: 100, assurance: 0.9, deadline: 1h}]
        rules:
          - id: broken
            when: "args.amount >"
            because: it cannot be compiled
        """;

    assertThatThrownBy(() -> Policies.load(policy))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("story.yaml:8:");
  }

  @Test
  void shouldSayWhichKeyAndWhyWhenAConfigValueIsBad() {
    assertThatThrownBy(() -> WeirConfig.of(Map.of("threads", "many")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("threads");
    assertThatThrownBy(() -> WeirConfig.of(Map.of("thread", "2")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Unknown key thread");
    assertThatThrownBy(
            () ->
                StreamsSettings.of(
                    WeirConfig.of(Map.of("kafka.processing.guarantee", "at_least_once"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.processing.guarantee");
  }

  @Test
  void shouldSayWhereAndWhyAndGoOnWhenARecordIsBad() {
    try (Flume flume = Flume.open()) {
      flume
          .send(Act.of("e-1").with("cost", "-1"))
          .send(Act.of("e-2"))
          .pipe("weir.prices", null, bytes("poison"), new RecordHeaders(), Flume.NOON)
          .pipe("weir.exposure", null, bytes("poison"), new RecordHeaders(), Flume.NOON)
          .send(Act.of("e-3"));

      var letters = flume.deadLetters();
      assertThat(letters)
          .extracting(letter -> letter.getReason() + " " + letter.getField())
          .containsExactly(RefusalReason.BAD_NUMBER + " cost", RefusalReason.BAD_INTERNAL + " ");
      assertThat(letters.get(0).getDetail()).contains("cost is not a finite number of at least 0");
      assertThat(flume.assessments()).extracting(a -> a.getEventId()).containsExactly("e-2", "e-3");
      assertThat(flume.taskRisks()).hasSize(2);
    }
  }

  @Test
  void shouldKeepTheLastGoodPolicyWhenOneThatIsPublishedIsBad() {
    Policies.Draft next = Policies.draft(2);
    try (Flume flume = Flume.open()) {
      flume
          .publish(Press.document(next, d -> d.setDocument("weir: 2"), Press.ALICE))
          .publish(Press.active(next.policy(), 1))
          .send(Act.of("e-1"));

      assertThat(flume.assessment().getPolicyDigest())
          .isEqualTo(ByteBuffer.wrap(flume.policy().digest()));
      assertThat(flume.metrics().value(MetricNames.POLICY_REFUSALS, "reason", "BROKEN_DOCUMENT"))
          .isEqualTo(1);
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
