/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** What must hold of every policy. */
public final class Sound {
  private Sound() {}

  /** Its canonical form is one line of ASCII, and loads as the same policy. */
  public static void assertCanonical(Policy policy) {
    String canonical = policy.canonical();
    assertThat(canonical.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
    Policy again = PolicyLoader.load("canonical", canonical.getBytes(StandardCharsets.US_ASCII));
    assertThat(again.digestHex()).isEqualTo(policy.digestHex());
    assertThat(again.canonical()).isEqualTo(canonical);
  }
}
