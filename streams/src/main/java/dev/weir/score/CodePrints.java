/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;
import java.util.Set;

/** What a program prints, which a pipe hands on. At most 8 Ki characters are kept. */
final class CodePrints {
  private static final int MAX_TEXT = 8 << 10;

  private static final Set<String> PRINTS =
      Set.of("print", "puts", "echo", "say", "printf", "println", "Println", "write", "log");

  private final StringBuilder text = new StringBuilder();
  private int taints;
  private boolean prints;
  private boolean unknown;

  /** Whether a word by itself prints what follows it. */
  static boolean isPrint(String word) {
    return PRINTS.contains(word) && !word.equals("write") && !word.equals("log");
  }

  /** A call that may print. */
  void call(CodeValue callee, List<CodeValue> arguments) {
    String member = callee.member();
    if (!PRINTS.contains(member) || arguments.isEmpty()) {
      return;
    }
    String owner = callee.owner();
    boolean plain = owner.isEmpty() && isPrint(member);
    boolean out =
        owner.endsWith("stdout")
            || owner.endsWith("console")
            || owner.endsWith("out")
            || owner.equals("fmt");
    if (plain || out) {
      add(arguments.get(0));
    }
  }

  void add(CodeValue value) {
    prints = true;
    taints |= value.taints();
    String said = value.text();
    unknown |= said == null || text.length() + said.length() > MAX_TEXT;
    if (!unknown) {
      text.append(said).append('\n');
    }
  }

  /** What was printed, as far as it is known. */
  Flow flow() {
    if (!prints) {
      return Flow.UNKNOWN;
    }
    return unknown ? Flow.tainted(taints | Flow.MADE) : new Flow(text.toString(), taints);
  }
}
