/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSafeTest {
  /** Marks of two classes by turns, so that each must be sorted past all before it. */
  private static final String MARKS = "\u0300\u0323";

  @Test
  void shouldLeaveTextAloneWhenItsRowsOfMarksAreShort() {
    String text = ("a" + MARKS.repeat(15)).repeat(9) + "\u1100\u1161 \ud83d\ude00";

    assertThat(StreamSafe.of(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {MARKS, "\uff9e\u0300", "\ud834\udd65\u0300"})
  void shouldJoinEveryThirtyMarksWhenARowIsLonger(String marks) {
    String text = "a" + marks.repeat(40) + "b";

    assertThat(StreamSafe.of(text))
        .isEqualTo("a%1$s\u034f%1$s\u034f%2$sb".formatted(marks.repeat(15), marks.repeat(10)));
  }

  /** What begins with a mark once it is decomposed, and is none, would escape the count. */
  @Test
  void shouldCountAllThatUnicodeSorts() {
    StringBuilder row = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      boolean surrogate = c <= Character.MAX_VALUE && Character.isSurrogate((char) c);
      if (!surrogate && isSorted(c)) {
        row.appendCodePoint(c);
      }
    }
    String[] rows = StreamSafe.of(row.toString()).split("\u034f");
    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(rows).allMatch(part -> part.codePointCount(0, part.length()) <= 30);
  }

  /** A mark of the highest class but two goes behind it, or it goes before one of the lowest. */
  private static boolean isSorted(int c) {
    String before = "a\u0345" + Character.toString(c);
    String after = "a" + Character.toString(c) + "\u0334";
    return !Normalizer.normalize(before, Normalizer.Form.NFKD).startsWith("a\u0345")
        || Normalizer.normalize(after, Normalizer.Form.NFKD).startsWith("a\u0334");
  }
}
