/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.policy.View;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Any text is searched for what it encodes and for secrets: soundly, and within bounds. */
class SecretsFuzzTest {
  private static final int MOST_DECODED = 256 << 10;

  @FuzzTest(maxDuration = "5m")
  void read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Arguments arguments = new Arguments(Map.of("note", text));

    Encodings encodings = Encodings.of(arguments);

    Sound.assertFacts(View.ENCODED, encodings.facts());
    int decoded = encodings.decoded().stream().mapToInt(leaf -> leaf.text().length()).sum();
    assertThat(decoded).isLessThanOrEqualTo(Math.max(MOST_DECODED, 4 * text.length()));
    Arguments all = arguments.with(encodings.decoded());
    Sound.assertFacts(View.SECRET, Secrets.read(all));
    assertThat(Secrets.read(all)).isEqualTo(Secrets.read(all));
  }
}
