/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.Map;
import java.util.Set;

/** Strings of a program with holes: what is known to fill them does. */
final class CodeHoles {
  private static final int MAX_FILLED = 8 << 10;

  /** Languages that fill the values of names into strings by a dollar sign. */
  private static final Set<String> FILLS = Set.of("perl", "php", "groovy");

  private CodeHoles() {}

  /** A string with what its holes' names stand for. */
  static String filled(String text, String language, Map<String, CodeValue> names) {
    boolean dollars = FILLS.contains(language) && text.indexOf('$') >= 0;
    boolean hashes = language.equals("ruby") && text.indexOf("#{") >= 0;
    if (text.indexOf(CodeLexer.OPEN) < 0 && !dollars && !hashes) {
      return text;
    }
    StringBuilder whole = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean open = c == CodeLexer.OPEN;
      boolean hash = hashes && text.startsWith("#{", i);
      int from = i + (hash ? 2 : 1);
      int end =
          open
              ? text.indexOf(CodeLexer.CLOSE, from)
              : hash
                  ? text.indexOf('}', from)
                  : dollars && c == '$' ? ShellText.nameEnd(text, from) : 0;
      if (end <= from) {
        whole.append(c);
        i++;
      } else {
        CodeValue known = names.get(text.substring(from, end));
        boolean says = known != null && known.text() != null && whole.length() < MAX_FILLED;
        whole.append(says && known != null ? known.text() : Flow.UNKNOWN.word());
        i = end + (open || hash ? 1 : 0);
      }
    }
    return whole.toString();
  }

  /** A pattern with what stands for its places; what is not known stays so. */
  static String placed(String pattern, CodeValue value) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    int next = 0;
    for (int hole = pattern.indexOf("%s"); hole >= 0; hole = pattern.indexOf("%s", from)) {
      boolean one = value.items().isEmpty();
      CodeValue item =
          one ? value : next < value.items().size() ? value.items().get(next) : CodeValue.UNKNOWN;
      String known = item.text() == null || text.length() > 2_000 ? null : item.text();
      text.append(pattern, from, hole).append(known == null ? Flow.UNKNOWN.word() : known);
      next++;
      from = hole + 2;
    }
    return text.append(pattern, from, pattern.length()).toString();
  }
}
