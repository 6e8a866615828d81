/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.policy.Fact;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
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
        "while read a;do ",
        "done <<< 'a b';",
        "while read a;do $a;done <<< 'ls';",
        "cat <<E\n$a ${b} $(",
        "/e?c/s[h]a* ",
        "sed y/a/b/;",
        "a[\"constructor\"](",
        "f.call(f.bind(",
        "partial(partial(",
        "a, b = ",
        "x += y\n",
        "await new ",
        "{a: {b: ",
        "`${'a'+`",
        "print print ",
        "(0, a)(",
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

  /** What a call allocates grows with its arguments, not with their square. */
  @Test
  void shouldAllocateInProportionWhenActsAreHandedToEachOther() {
    long some = allocated(handedOn(500));
    long more = allocated(handedOn(4_000));

    assertThat(more).isLessThan(16 * some);
  }

  @Test
  void shouldReadTheLastActWhenActsAreHandedToEachOther() {
    String read = "eval(eval, x, eval, shutil.rmtree, '/etc')";

    assertThat(Programs.read("", read, Set.of()).code())
        .isEqualTo(Programs.read("", "eval(shutil.rmtree, '/etc')", Set.of()).code())
        .containsEntry(Fact.CODE_DELETES, true);
  }

  private static String handedOn(int times) {
    return "eval(" + "eval, ".repeat(times) + "x)";
  }

  private static long allocated(String program) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Programs.read("", program, Set.of());
    long before = threads.getCurrentThreadAllocatedBytes();
    Programs.read("", program, Set.of());
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
