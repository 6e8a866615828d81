/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes are a policy, whose canonical form is the same policy, or up to 20 problems. */
class PolicyLoaderFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void load(byte[] yaml) {
    Policy policy;
    try {
      policy = PolicyLoader.load("fuzzed", yaml);
    } catch (PolicyException e) {
      assertThat(e.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
      assertThat(e.problems()).allMatch(problem -> problem.matches("(?s)fuzzed:\\d+:\\d+: .+"));
      return;
    }
    Sound.assertCanonical(policy);
  }
}
