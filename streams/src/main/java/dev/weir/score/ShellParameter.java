/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the braces of {@code ${…}}: defaults, substrings, removal and replacement of
 * plain text, case, indirection. What it does not know is unknown, never guessed.
 */
final class ShellParameter {
  private ShellParameter() {}

  /** The values that an expression stands for, or null if they are not known. */
  static @Nullable List<String> expand(String expression, ShellScope scope) {
    if (expression.isEmpty() || expression.length() > 400) {
      return null;
    }
    boolean indirect = expression.charAt(0) == '!' && expression.length() > 1;
    String text = indirect ? expression.substring(1) : expression;
    int end = ShellText.nameEnd(text, 0);
    String name = text.substring(0, end);
    String rest = text.substring(end);
    List<String> values = scope.variable(name);
    if (indirect && values != null && values.size() == 1) {
      values = scope.variable(values.get(0));
    }
    if (rest.startsWith("[")) {
      int close = rest.indexOf(']');
      List<String> own = close < 0 ? null : scope.variable(name + rest.substring(0, close + 1));
      values =
          own != null
              ? own
              : values == null || close < 0
                  ? null
                  : element(values, rest.substring(1, close), scope);
      rest = close < 0 ? "" : rest.substring(close + 1);
    }
    return rest.isEmpty() ? values : apply(values, rest, name);
  }

  private static @Nullable List<String> element(
      List<String> values, String index, ShellScope scope) {
    List<String> set = index.equals("*") ? scope.variable("IFS") : null;
    String marks = set == null || set.isEmpty() ? "" : set.get(0);
    if (!marks.isBlank()) {
      return List.of(String.join(marks.substring(0, 1), values));
    }
    if (index.equals("@") || index.equals("*")) {
      return values;
    }
    int i = ShellText.isNumber(index) && index.length() < 4 ? Integer.parseInt(index) : -1;
    return i >= 0 && i < values.size() ? List.of(values.get(i)) : null;
  }

  private static @Nullable List<String> apply(
      @Nullable List<String> values, String operator, String name) {
    boolean set = values != null && !values.isEmpty() && !values.get(0).isEmpty();
    if (operator.startsWith(":-") || operator.startsWith(":=")) {
      return set ? values : List.of(operator.substring(2));
    }
    if (operator.startsWith("-") || operator.startsWith("=")) {
      return values != null ? values : List.of(operator.substring(1));
    }
    if (operator.startsWith(":+") || operator.startsWith("+")) {
      return set
          ? List.of(operator.substring(operator.indexOf('+') + 1))
          : values == null ? null : List.of();
    }
    if (values != null && operator.length() > 1 && isList(name, values, operator)) {
      return part(values, operator.substring(1), name);
    }
    if (values == null || values.size() != 1) {
      return values;
    }
    String changed =
        change(
            name.equals("HOME") ? "/root" : name.equals("PWD") ? "/home/x" : values.get(0),
            operator);
    return changed == null ? null : List.of(changed);
  }

  private static boolean isList(String name, List<String> values, String operator) {
    boolean all = name.equals("@") || name.equals("*");
    return operator.charAt(0) == ':' && (all || values.size() > 1);
  }

  /** {@code ${@:2}}, {@code ${a[@]:1:2}}: some of the values. What is called counts from one. */
  private static @Nullable List<String> part(List<String> values, String range, String name) {
    int colon = range.indexOf(':');
    String first = (colon < 0 ? range : range.substring(0, colon)).strip();
    String count = colon < 0 ? "" : range.substring(colon + 1).strip();
    if (!ShellText.isNumber(first) || first.length() > 3 || count.length() > 3) {
      return null;
    }
    int skipped = name.length() == 1 && "@*".indexOf(name) >= 0 ? 1 : 0;
    int from = Math.min(values.size(), Math.max(0, Integer.parseInt(first) - skipped));
    int most = ShellText.isNumber(count) ? Integer.parseInt(count) : values.size();
    return values.subList(from, Math.min(values.size(), from + most));
  }

  private static @Nullable String change(String value, String operator) {
    return switch (operator.charAt(0)) {
      case ':' -> slice(value, operator.substring(1));
      case '/' -> replace(value, operator.substring(1));
      case '#' -> {
        boolean longest = operator.startsWith("##");
        String head = operator.substring(longest ? 2 : 1);
        if (head.startsWith("*") && head.length() > 1) {
          String mark = head.substring(1);
          int at = longest ? value.lastIndexOf(mark) : value.indexOf(mark);
          yield at < 0 ? value : value.substring(at + mark.length());
        }
        yield isMarks(head)
            ? value.substring(Math.min(head.length(), value.length()))
            : value.startsWith(head) ? value.substring(head.length()) : value;
      }
      case '%' -> {
        boolean longest = operator.startsWith("%%");
        String tail = operator.substring(longest ? 2 : 1);
        if (tail.endsWith("*") && tail.length() > 1) {
          String mark = tail.substring(0, tail.length() - 1);
          int at = longest ? value.indexOf(mark) : value.lastIndexOf(mark);
          yield at < 0 ? value : value.substring(0, at);
        }
        yield isMarks(tail) && tail.length() <= value.length()
            ? value.substring(0, value.length() - tail.length())
            : value.endsWith(tail) ? value.substring(0, value.length() - tail.length()) : value;
      }
      case ',' -> LowerCase.of(value);
      case '^' -> operator.length() > 1 ? Letters.upper(value) : value;
      case '@' -> value;
      default -> null;
    };
  }

  /** Nothing but marks for one letter each. */
  private static boolean isMarks(String pattern) {
    return !pattern.isEmpty() && pattern.replace("?", "").isEmpty();
  }

  private static @Nullable String slice(String value, String range) {
    int colon = range.indexOf(':');
    String first = (colon < 0 ? range : range.substring(0, colon)).strip();
    String count = colon < 0 ? "" : range.substring(colon + 1).strip();
    boolean plain = ShellText.isNumber(first) && (colon < 0 || ShellText.isNumber(count));
    if (!plain || first.length() > 4 || count.length() > 4) {
      return null;
    }
    int from = Math.min(value.length(), Integer.parseInt(first));
    int most = colon < 0 ? value.length() : Integer.parseInt(count);
    return value.substring(from, Math.min(value.length(), from + most));
  }

  private static String replace(String value, String pattern) {
    boolean all = pattern.startsWith("/");
    String p = all ? pattern.substring(1) : pattern;
    int slash = p.indexOf('/');
    String from = slash < 0 ? p : p.substring(0, slash);
    String to = slash < 0 ? "" : p.substring(slash + 1);
    int at = from.isEmpty() ? -1 : value.indexOf(from);
    if (at < 0 || value.length() > 1_000 || to.length() > 100) {
      return value;
    }
    return all
        ? value.replace(from, to)
        : value.substring(0, at) + to + value.substring(at + from.length());
  }
}
