/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * Any expression and text, divided by a form feed: where an automaton is made of what re2j takes,
 * it finds what re2j finds.
 */
class AutomatonFuzzTest {
  private static final int MAX_REGEX = 200;
  private static final int MAX_TEXT = 2_000;

  @FuzzTest(maxDuration = "5m")
  void find(byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\f", 2);
    if (parts.length < 2 || parts[0].length() > MAX_REGEX || parts[1].length() > MAX_TEXT) {
      return;
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(parts[0]);
    } catch (PatternSyntaxException e) {
      return;
    }
    Automaton automaton = Automaton.of(parts[0]);
    if (automaton != null) {
      assertThat(automaton.find(parts[1])).isEqualTo(pattern.matcher(parts[1]).find());
    }
  }
}
