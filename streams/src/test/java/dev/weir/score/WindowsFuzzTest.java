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

/** Any text is read as a line of PowerShell and of the command interpreter: twice the same. */
class WindowsFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);

    String power = PowerFolds.of(text);
    String cmd = CmdFolds.of(text, name -> "left");

    assertThat(PowerFolds.of(text)).isEqualTo(power);
    assertThat(CmdFolds.of(text, name -> "left")).isEqualTo(cmd);
    Sound.assertFacts(View.SHELL, Programs.read(power, "", Set.of()).shell());
    Sound.assertFacts(View.SHELL, Programs.read(cmd, "", Set.of()).shell());
  }
}
