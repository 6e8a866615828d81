/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;

/** Makes policies for tests. */
final class PolicyYaml {
  static final String HEAD =
      """
      weir: 1
      id: p
      version: "1"
      budget: {tax: 0.1}
      tiers: [{id: expert, cost: 100, deadline: 1h}]
      classes: {pay: {prior: -2, because: pays}}
      """;

  private PolicyYaml() {}

  /** A policy whose rules begin in line 8. */
  static Policy of(String rules) {
    return PolicyLoader.load("p", (HEAD + "rules:\n" + rules).getBytes(StandardCharsets.UTF_8));
  }
}
