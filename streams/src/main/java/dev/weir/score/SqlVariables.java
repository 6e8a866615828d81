/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.HashMap;
import java.util.Map;

/**
 * The variables of databases' clients: {@code \\set v X} and {@code :v}, {@code :setvar v X} and
 * {@code $(v)}, {@code DEFINE v = X} and {@code &v}. Linear, to 16 Ki characters.
 */
final class SqlVariables {
  private static final int MAX_TEXT = 16 << 10;
  private static final int MAX_NAMES = 50;

  private SqlVariables() {}

  /** The text with what its own lines set. */
  static String filled(String text) {
    boolean sets = text.contains("\\set ") || text.contains(":setvar ") || text.contains("DEFINE ");
    return sets ? filled(text, new HashMap<>()) : text;
  }

  /** The text with what its own lines set, and with what is set already. */
  static String filled(String text, Map<String, String> names) {
    if (text.length() > MAX_TEXT) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (String line : text.split("\n", -1)) {
      String[] words = line.strip().replace(" = ", " ").split(" +", 3);
      boolean sets =
          words.length == 3
              && (words[0].equals("\\set")
                  || words[0].equals(":setvar")
                  || words[0].equals("DEFINE"));
      if (sets && names.size() < MAX_NAMES) {
        names.put(words[1], words[2].replace("'", "").replace("\"", ""));
      } else if (out.length() < MAX_TEXT) {
        out.append(out.isEmpty() ? "" : "\n");
        line(line, names, out);
      }
    }
    return out.toString();
  }

  private static void line(String line, Map<String, String> names, StringBuilder out) {
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      boolean mark = (c == ':' && !line.startsWith("::", i)) || c == '&' || c == '$';
      int from = i + 1;
      char quote = mark && from < line.length() ? line.charAt(from) : ' ';
      boolean quoted = quote == '"' || quote == '\'' || quote == '(';
      from += quoted ? 1 : 0;
      int end = mark ? ShellText.nameEnd(line, from) : from;
      String value = mark && end > from ? names.get(line.substring(from, end)) : null;
      if (value == null || (i > 0 && line.charAt(i - 1) == ':')) {
        out.append(c);
        i++;
      } else {
        out.append(quoted && quote != '(' ? quote + value + quote : value);
        i = quoted ? end + 1 : end;
      }
    }
  }
}
