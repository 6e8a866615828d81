/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/**
 * Any text, after a file's name and a form feed, is read as what it does when it is run, in the
 * language that the name tells: twice the same.
 */
class ScriptFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void read(byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\f", 2);
    String text = parts.length > 1 ? parts[1] : "";

    long deeds = Programs.deeds(text, parts[0]);

    assertThat(Programs.deeds(text, parts[0])).isEqualTo(deeds);
  }
}
