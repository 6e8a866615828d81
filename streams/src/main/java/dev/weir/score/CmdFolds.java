/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A line of the Windows command interpreter as it is run: carets gone, {@code %NAME%}, {@code
 * !NAME!} and {@code %NAME:~1,2%} filled with what {@code set} gave or an earlier line left.
 * Linear, to 16 Ki characters.
 */
final class CmdFolds {
  private static final int MAX_TEXT = 16 << 10;

  private final UnaryOperator<@Nullable String> past;
  private final Map<String, String> names = new HashMap<>();

  private CmdFolds(UnaryOperator<@Nullable String> past) {
    this.past = past;
  }

  /** The line as it runs; what is not known stays as it is written. */
  static String of(String text, UnaryOperator<@Nullable String> past) {
    boolean plain = text.indexOf('^') < 0 && text.indexOf('%') < 0 && text.indexOf('!') < 0;
    return plain || text.length() > MAX_TEXT ? text : new CmdFolds(past).folded(text);
  }

  private String folded(String text) {
    String bare = text.replace("^\n", "").replace("^", "");
    StringBuilder out = new StringBuilder(bare.length());
    int start = 0;
    for (int i = 0; i <= bare.length() && out.length() < MAX_TEXT; i++) {
      boolean ends = i == bare.length() || bare.charAt(i) == '&' || bare.charAt(i) == '\n';
      if (ends) {
        String part = filled(each(bare.substring(start, i)));
        set(part.strip());
        out.append(part);
        out.append(i < bare.length() ? String.valueOf(bare.charAt(i)) : "");
        start = i + 1;
      }
    }
    return out.toString();
  }

  /** {@code for %i in (a b) do …}: the names for what is gone through, all at once. */
  private static String each(String part) {
    String line = part.strip();
    int open = line.indexOf('(');
    int close = line.indexOf(") do ", open);
    int mark = line.indexOf('%');
    boolean loops = line.regionMatches(true, 0, "for ", 0, 4) && mark > 0 && open > mark;
    if (!loops || close < open) {
      return part;
    }
    int end = line.indexOf(' ', mark);
    String name = end < 0 ? "" : line.substring(mark, end);
    String body = line.substring(close + 5);
    return name.length() < 2 || body.length() > 2_000
        ? part
        : body.replace(name, line.substring(open + 1, close));
  }

  private void set(String command) {
    boolean sets = command.length() > 6 && command.regionMatches(true, 0, "set ", 0, 4);
    String rest = sets ? command.substring(4).strip().replace("\"", "") : "";
    int equals = rest.indexOf('=');
    if (equals > 0 && names.size() < 100) {
      names.put(LowerCase.of(rest.substring(0, equals).strip()), rest.substring(equals + 1));
    }
  }

  private String filled(String part) {
    StringBuilder out = new StringBuilder(part.length());
    int i = 0;
    while (i < part.length()) {
      char c = part.charAt(i);
      int end = c == '%' || c == '!' ? part.indexOf(c, i + 1) : -1;
      String value = end > i + 1 && end - i < 60 ? value(part.substring(i + 1, end)) : null;
      if (value == null) {
        out.append(c);
        i++;
      } else {
        out.append(value);
        i = end + 1;
      }
    }
    return out.toString();
  }

  private @Nullable String value(String said) {
    int colon = said.indexOf(":~");
    String name = colon < 0 ? said : said.substring(0, colon);
    String known = names.get(LowerCase.of(name));
    String value = known == null ? past.apply(name) : known;
    return value == null || colon < 0 ? value : cut(value, said.substring(colon + 2));
  }

  private static @Nullable String cut(String value, String range) {
    int comma = range.indexOf(',');
    String first = comma < 0 ? range : range.substring(0, comma);
    String count = comma < 0 ? "" : range.substring(comma + 1);
    boolean plain =
        ShellText.isNumber(first)
            && first.length() < 4
            && (comma < 0 || (ShellText.isNumber(count) && count.length() < 4));
    if (!plain) {
      return null;
    }
    int from = Math.min(value.length(), Integer.parseInt(first));
    int most = comma < 0 ? value.length() : Integer.parseInt(count);
    return value.substring(from, Math.min(value.length(), from + most));
  }
}
