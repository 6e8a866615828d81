/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.action.Action;
import dev.weir.action.FuzzedAction;
import dev.weir.event.Contribution;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyException;
import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/**
 * Any expressions are refused, or scored by. Parts divided by form feeds: a rule's {@code when},
 * what it adds, its tools, then an action.
 */
class RuleFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @FuzzTest(maxDuration = "5m")
  void rule(byte[] bytes) throws JsonProcessingException {
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\f", 4);
    Policy policy;
    try {
      policy = PolicyLoader.load("fuzzed", JSON.writeValueAsBytes(document(parts)));
    } catch (PolicyException e) {
      Assertions.assertThat(e.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
      return;
    }
    dev.weir.policy.Sound.assertCanonical(policy);
    String[] written =
        FuzzedAction.parts((parts.length > 3 ? parts[3] : "t").getBytes(StandardCharsets.UTF_8));
    FuzzedAction.of("e", written).ifPresent(action -> score(policy, action));
  }

  /** A rule may fail on an action, which then counts as catastrophic; the scorer may not. */
  private static void score(Policy policy, Action action) {
    Scored scored = new PolicyScorer(policy).score(action, TaskView.none());
    for (Contribution c : scored.score().getContributions()) {
      if (!Double.isFinite(c.getValue()) || c.getBecause().startsWith("the scorer")) {
        throw new AssertionError(c.toString());
      }
    }
    Assertions.assertThat(scored.score().getRisk()).isFinite();
    Assertions.assertThat(scored.score().getMass()).isFinite();
  }

  private static Map<String, Object> document(String[] parts) {
    String adds = parts.length > 1 && !parts[1].isEmpty() ? parts[1] : "1";
    List<String> tools = parts.length > 2 && !parts[2].isEmpty() ? List.of(parts[2]) : List.of();
    return Map.of(
        "weir",
        1,
        "id",
        "fuzzed",
        "version",
        "1",
        "budget",
        Map.of("tax", 0.1),
        "tiers",
        List.of(Map.of("id", "expert", "cost", 100, "deadline", "1h")),
        "rules",
        List.of(
            Map.of(
                "id",
                "r",
                "when",
                parts[0],
                "tools",
                tools,
                "adds",
                Map.of("money", adds),
                "because",
                "b")));
  }
}
