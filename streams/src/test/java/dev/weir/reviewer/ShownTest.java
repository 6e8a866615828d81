/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Hostile text is seen, and does nothing. */
class ShownTest {
  @Test
  void shouldEscapeWhatSteersATerminalWhenTextIsHostile() {
    assertThat(Shown.line("\u001b[2Jgone\u0007\u009b31m\r\n\t\u007f"))
        .isEqualTo("\\u001b[2Jgone\\u0007\\u009b31m\\u000d\\u000a\\u0009\\u007f");
  }

  @Test
  void shouldEscapeWhatTurnsOrHidesWhenTextIsHostile() {
    String hidden = "\u202e\u2066\u2069\u200b\u200d\ufeff\u00ad\u2028\u0301\u3164\u2800\u00a0";
    String shown = Shown.line(hidden + new String(Character.toChars(0xE0041)) + "\ud800");
    assertThat(shown)
        .isEqualTo(
            "\\u202e\\u2066\\u2069\\u200b\\u200d\\ufeff\\u00ad\\u2028\\u0301\\u3164\\u2800\\u00a0"
                + "\\u{e0041}\\ud800");
  }

  @Test
  void shouldLeaveOrdinaryTextWhenThereIsNothingHostileInIt() {
    String text = "Zahle 3 € an Jürgen; 日本語, русский, «x» ≤ 5 🙂";
    assertThat(Shown.line(text)).isEqualTo(text);
    assertThat(Shown.lines("a\nb\r")).isEqualTo("a\nb\\u000d");
  }

  @Test
  void shouldLetNoCodePointThroughThatShowsNothingWhenAllAreShown() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String shown = Shown.line(new String(Character.toChars(c)));
      boolean isRaw = shown.codePointAt(0) == c && shown.codePointCount(0, shown.length()) == 1;
      if (isRaw) {
        assertThat(Character.isISOControl(c) || Character.isIdentifierIgnorable(c))
            .as("%x", c)
            .isFalse();
        assertThat(c == ' ' || !Character.isSpaceChar(c)).as("%x", c).isTrue();
      }
    }
  }

  @Test
  void shouldSayHowMuchThereIsWhenItIsCut() {
    assertThat(Shown.brief("abcdef", 3)).isEqualTo("abc… (6 characters)");
    assertThat(Shown.brief("ab🙂", 3)).isEqualTo("ab… (4 characters)");
    assertThat(Shown.brief("abc", 3)).isEqualTo("abc");
  }
}
