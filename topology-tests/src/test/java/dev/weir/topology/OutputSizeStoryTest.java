/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.Contribution;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.RefusalReason;
import dev.weir.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * No output exceeds max.output.bytes, which {@link Flume} holds every record to: one that does
 * would kill the thread again and again.
 */
class OutputSizeStoryTest {
  private static final int MAX_RECORD = 512 << 10;

  /** The least that is allowed beside the default max.record.bytes. */
  private static final Map<String, String> TIGHT =
      Map.of(WeirConfig.MAX_OUTPUT_BYTES, Integer.toString(MAX_RECORD + (128 << 10)));

  @Test
  void shouldEscalateWholeWhenTheLargestActionHasTheLargestPast() {
    try (Flume flume = Flume.open(Policies.STORY, TIGHT)) {
      for (int i = 0; i < 8; i++) {
        flume.send(largest(i, 6), Flume.NOON);
      }
      byte[] value = largest(8, 7);

      flume.send(value, Flume.NOON);

      assertThat(value).hasSize(MAX_RECORD);
      Escalation escalation = flume.escalations().stream().reduce((a, b) -> b).orElseThrow();
      assertThat(escalation.getReason()).isEqualTo(EscalationReason.CATASTROPHIC);
      assertThat(escalation.getActionTruncated()).isFalse();
      assertThat(escalation.getAction().array()).isEqualTo(value);
      assertThat(flume.assessments()).hasSize(9);
      flume.skip(flume.topics().taskRisk());
    }
  }

  @Test
  void shouldEscalateWholeWhenEveryRuleOfTheLargestPolicyFires() {
    Policy policy = largestPolicy();
    try (Flume flume = Flume.open(policy, TIGHT)) {
      byte[] value = largest(0, 7);

      flume.send(value, Flume.NOON);

      Escalation escalation = flume.escalation();
      assertThat(escalation.getAction().array()).isEqualTo(value);
      Assessment assessment = flume.assessment();
      assertThat(assessment.getScore().getContributions())
          .filteredOn(Contribution::getCounted)
          .as("what counts is kept, whatever else is not")
          .hasSize(9);
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldRefuseWithinBoundsWhenARecordIsOneByteTooLong() {
    try (Flume flume = Flume.open(Policies.STORY, TIGHT)) {
      flume.send(Arrays.copyOf(largest(0, 7), MAX_RECORD + 1), Flume.NOON);

      assertThat(flume.deadLetter().getValueLength()).isEqualTo(MAX_RECORD + 1);
    }
  }

  @Test
  void shouldWriteDeadLetterWhenAnAssessmentDoesNotFit() {
    try (Flume flume = Flume.ofMaxOutput(200)) {
      flume.send(Act.of("e-1").json(), Flume.NOON);

      assertThat(flume.deadLetter().getReason()).isEqualTo(RefusalReason.OUTPUT_TOO_LARGE);
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldCutTheActionWhenAnEscalationDoesNotFit() {
    int max = 4000;
    try (Flume flume = Flume.ofMaxOutput(max)) {
      flume.send(
          Act.of("e-1")
              .tool("launch")
              .with("arguments", "{\"loss\":7,\"text\":\"%s\"}".formatted("x".repeat(9000)))
              .json(),
          Flume.NOON);

      Escalation escalation = flume.escalation();
      assertThat(escalation.getActionTruncated()).isTrue();
      assertThat(escalation.getAction().remaining()).isBetween(1, max);
      assertThat(Codecs.ESCALATION.encode(escalation)).hasSizeLessThanOrEqualTo(max);
      flume.assessment();
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  /**
   * An action with every text at its limit, in characters of three bytes, filled up with blanks.
   */
  private static byte[] largest(int number, double magnitude) {
    String json =
        new String(
            Act.of(wide(120) + number)
                .task(wide(252))
                .with("agent", "{\"id\":\"" + wide(252) + "\"}")
                .tool("launch" + wide(246))
                .with("objective", '"' + wide(16 << 10) + '"')
                .with(
                    "arguments",
                    "{\"loss\":%s,\"text\":\"%s\"}".formatted(magnitude, wide(250 << 10)))
                .json(),
            StandardCharsets.UTF_8);
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    byte[] filled = Arrays.copyOf(value, MAX_RECORD);
    Arrays.fill(filled, value.length, filled.length, (byte) ' ');
    return filled;
  }

  private static Policy largestPolicy() {
    StringBuilder yaml =
        new StringBuilder(
            """
            weir: 1
            id: largest
            version: "1"
            budget: {tax: 0.1}
            tiers: [{id: expert, cost: 100, assurance: 0.9, deadline: 1h}]
            rules:
            """);
    for (int i = 0; i < 500; i++) {
      yaml.append(
          """
            - {id: rule-%d, when: "'loss' in args", adds: {destruction: 7, exposure: 7, money: 7, service: 7, people: 7, oversight: 7, reach: 0.1, irreversibility: 0.1}, because: "%s"}
          """
              .formatted(i, "ｗ".repeat(300)));
    }
    return Policies.load(yaml.toString());
  }

  private static String wide(int bytes) {
    return "ｗ".repeat(bytes / 3);
  }
}
