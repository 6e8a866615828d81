/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text makes the readers of command lines and programs throw, hang or grow without limit. */
class ProgramsFuzzTest {
  private static final int LARGE = 256 << 10;
  private static final String[] PIECES = {
    "rm",
    "-rf",
    "/",
    " ",
    "\n",
    ";",
    "|",
    "&",
    "&&",
    "(",
    ")",
    "{",
    "}",
    "$(",
    "${",
    "$((",
    "`",
    "'",
    "\"",
    "\\",
    "<<E",
    "<<<",
    "<(",
    ">",
    ">>",
    "E",
    "$x",
    "x=",
    "x+=",
    "f(){",
    "eval",
    "alias a=",
    "base64 -d",
    "xargs",
    "find -exec",
    "bash -c",
    "python -c",
    "echo",
    "printf %s",
    "\\x41",
    "$'",
    "*",
    "[a-",
    "]",
    "!",
    "#",
    ",",
    "{a,b}",
    "env",
    "sudo",
    "ssh h",
    "import os",
    "os.system(",
    "getattr(",
    "chr(1",
    "[::-1]",
    "+",
    ".",
    "\uE003",
    "\u0430",
    "\uD800",
    "sed s/a/b/",
    "tr a-z b-a",
    "for x in",
    "do",
    "done",
    "[[",
    "]]"
  };

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 3_000)
  void shouldReadAnything(@ForAll("texts") String text) {
    assertThat(Programs.read(text, "", Set.of()).shell()).isNotNull();
    assertThat(Programs.read("", text, Set.of()).code()).isNotNull();
  }

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
