/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void shouldStayAsTheyAreWhenNothingSteers() {
    assertThat(Words.printable("send_mail \u00e9\u4e2d\ud83d\ude00"))
        .isEqualTo("send_mail \u00e9\u4e2d\ud83d\ude00");
  }

  @Test
  void shouldBecomeSpacesWhenCharactersSteerTheTerminal() {
    assertThat(Words.printable("a\u001b[2Jb")).isEqualTo("a [2Jb");
    assertThat(Words.printable("a\u009b2Jb\u0007\r\n\t\u007f")).isEqualTo("a 2Jb     ");
    assertThat(Words.printable("\u202egpj.exe\u2066\u200b\u2028\u2029\ufeff"))
        .isEqualTo(" gpj.exe     ");
    assertThat(Words.printable("\ud800")).isEqualTo(" ");
  }

  @Test
  void shouldEndInAnEllipsisWhenCut() {
    assertThat(Words.cut("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Words.cut("abcdefg", 6)).isEqualTo("abcde\u2026");
  }

  @Test
  void shouldNotSplitPairOfSurrogatesWhenCut() {
    assertThat(Words.cut("ab\ud83d\ude00cd", 4)).isEqualTo("ab\u2026");
    assertThat(Words.cut("ab\ud83d\ude00cd", 5)).isEqualTo("ab\ud83d\ude00\u2026");
  }

  @Property
  void shouldNeverSteerOrExceedTheColumnsWhateverTheText(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 50) int columns) {
    String shown = Words.cut(text, columns);

    assertThat(shown.length()).isLessThanOrEqualTo(columns);
    assertThat(shown.codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  @Test
  void shouldShowEscapesWhenCharactersAreNotVisible() {
    assertThat(Words.visible("a\u001b[2J\u202eb\n c", 40)).isEqualTo("a\\u001b[2J\\u202eb\\n c");
    assertThat(Words.visible("abcdef", 4)).isEqualTo("abc…");
    assertThat(Words.visible("\n\n\n", 5)).hasSizeLessThanOrEqualTo(5).endsWith("…");
  }
}
