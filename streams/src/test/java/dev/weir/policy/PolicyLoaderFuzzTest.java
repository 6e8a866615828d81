/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes are a policy, whose canonical form is the same policy, or up to 20 problems. */
class PolicyLoaderFuzzTest {
  @ParameterizedTest
  @ValueSource(strings = {"books", "full", "json", "least"})
  void shouldStartFromPoliciesThatLoad(String seed) throws IOException {
    try (InputStream in =
        getClass().getResourceAsStream("PolicyLoaderFuzzTestInputs/load/" + seed)) {
      Sound.assertCanonical(PolicyLoader.load(seed, in.readAllBytes()));
    }
  }

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
