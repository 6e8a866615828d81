/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No repetition makes the readers of command lines and programs hang or grow without limit. */
class ProgramsBoundsTest {
  /** About the longest text that is read at all. */
  private static final int LARGE = 127 << 10;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "{",
        "$(",
        "${",
        "`",
        "'\"",
        "\"",
        "<<E\n",
        "<<a ",
        "$(<<a)\n",
        "{a,",
        "{a,b}",
        "x=$x$x;",
        "a;",
        "a|",
        "\\",
        "<(",
        "$((",
        "f(){ f;f;};f;",
        "eval ",
        "bash -c '",
        "xargs ",
        "echo a|base64 -d|sh;",
        "for x in a b;do $x;done;",
        "[a-z]*?",
        "os.system(",
        "getattr(a,",
        "[",
        "'''",
        "f'{",
        "a.",
        "a+",
        "chr(",
        "!x\n",
        "import a\n",
        "$'\\x41",
        "sed s/a/b/ ",
        "x[[",
        "//",
        "/*",
        "alias a=a;a ",
        "set -- $@ $@;",
        "a=(a a);",
        "${a[@]}",
        "find -exec ",
        "tr a-z b-z|",
        "\u0430",
        "$(echo "
      })
  void shouldStayBoundedOnRepetition(String piece) {
    String text = piece.repeat(LARGE / piece.length());
    String inside = "echo a | " + piece.repeat(2_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (String t : List.of(text, inside)) {
            Programs.read(t, "", Set.of());
            Programs.read("", t, Set.of());
          }
        });
  }
}
