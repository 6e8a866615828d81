/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        String hole = text.substring(from, end);
        CodeValue known = isString(hole) ? joined(hole) : names.get(hole);
        boolean says = known != null && known.text() != null && whole.length() < MAX_FILLED;
        whole.append(says && known != null ? known.text() : Flow.UNKNOWN.word());
        i = end + (open || hash ? 1 : 0);
      }
    }
    return whole.toString();
  }

  private static boolean isString(String hole) {
    return "'\"`".indexOf(hole.charAt(0)) >= 0;
  }

  /** Strings that are joined by signs. */
  private static @Nullable CodeValue joined(String hole) {
    CodeLexer parts = new CodeLexer(hole);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      byte kind = parts.kind(i);
      if (kind == CodeLexer.STRING || kind == CodeLexer.BACKQUOTED) {
        all.append(parts.text(i));
      } else if (!parts.is(i, '+')) {
        return null;
      }
    }
    return CodeValue.text(all.toString(), 0);
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

  /** {@code text[from:to]} where both are plain numbers or left out; null where it is no such. */
  static @Nullable CodeValue slice(CodeValue value, CodeLexer tokens, int open) {
    int at = open + 1;
    int from = 0;
    String text = value.text() == null ? "" : value.text();
    int to = text.length();
    if (tokens.kind(at) == CodeLexer.NUMBER) {
      from = number(tokens.text(at++), -1);
    }
    if (!tokens.is(at, ':') || from < 0) {
      return null;
    }
    at++;
    if (tokens.kind(at) == CodeLexer.NUMBER) {
      to = number(tokens.text(at++), -1);
    }
    if (!tokens.is(at, ']') || to < 0) {
      return null;
    }
    int end = Math.min(to, text.length());
    return CodeValue.text(text.substring(Math.min(from, end), end), value.taints());
  }

  private static int number(String text, int otherwise) {
    return ShellText.isNumber(text) && text.length() < 5 ? Integer.parseInt(text) : otherwise;
  }

  /** The command lines among a program's strings, whole or word by word. */
  static List<String> commands(CodeLexer tokens) {
    List<String> lines = new ArrayList<>();
    int most = Math.min(tokens.size(), 2_000);
    for (int i = 0; i < most && lines.size() < 8; i++) {
      String text = tokens.kind(i) == CodeLexer.STRING ? tokens.text(i).strip() : "";
      int blank = text.indexOf(' ');
      if (text.isEmpty() || text.length() > 1_000) {
        continue;
      }
      if (ShellHanded.isHarmful(blank < 0 ? text : text.substring(0, blank))) {
        lines.add(blank < 0 ? words(tokens, i) : text);
      }
    }
    return lines;
  }

  private static String words(CodeLexer tokens, int first) {
    StringBuilder line = new StringBuilder(tokens.text(first));
    int words = 0;
    for (int i = first + 1; i < first + 24 && words < 6; i++) {
      String text = tokens.kind(i) == CodeLexer.STRING ? tokens.text(i) : "";
      if (!text.isEmpty() && text.length() < 200) {
        line.append(" '").append(text.replace("'", "'\\''")).append('\'');
        words++;
      }
    }
    return line.toString();
  }
}
