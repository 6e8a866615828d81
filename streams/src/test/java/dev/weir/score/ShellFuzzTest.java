/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.policy.View;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Any text is read as a command line: to sound facts, twice the same, and in bounded time. */
class ShellFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void read(byte[] bytes) {
    String line = new String(bytes, StandardCharsets.UTF_8);

    Programs.Reading reading = Programs.read(line, "", Set.of("corp.example"));

    assertThat(reading.shell().isEmpty()).isEqualTo(line.isEmpty());
    Sound.assertFacts(View.SHELL, reading.shell());
    Sound.assertFacts(View.CODE, reading.code());
    assertThat(Programs.read(line, "", Set.of("corp.example"))).isEqualTo(reading);
  }
}
