/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of databases that make a text of others, as far as all that they are given is known.
 */
final class SqlTexts {
  private static final int MAX_VALUE = 4 << 10;

  private SqlTexts() {}

  /** What a function makes of these values; null where that is not known. */
  static @Nullable String call(String function, List<@Nullable String> values) {
    String one = at(values, 0);
    String two = at(values, 1);
    String three = at(values, 2);
    if (one == null) {
      return null;
    }
    return switch (function) {
      case "unhex", "hextoraw" -> Decoder.pairs(one);
      case "from_base64", "base64_decode", "base64_decode_string" -> Decoder.mime(one);
      case "decode" -> decoded(one, two);
      case "convert_from", "utl_raw.cast_to_varchar2" -> one;
      case "lower", "lcase" -> LowerCase.of(one);
      case "upper", "ucase", "initcap" -> Letters.upper(one);
      case "normalize" -> Lookalikes.plain(one);
      case "replace" ->
          two == null || three == null || two.isEmpty() ? null : replaced(one, two, three);
      case "translate" -> two == null || three == null ? null : turned(one, two, three);
      case "format", "formatmessage" -> filled(one, values);
      case "concat_ws" -> joined(one, values);
      case "array_to_string" -> two == null ? null : one.replace(SqlFolds.BETWEEN, two);
      case "substring", "substr", "mid", "left" ->
          cut(one, function.equals("left") ? "1" : two, function.equals("left") ? two : three);
      case "right" ->
          two == null ? null : cut(one, String.valueOf(one.length() + 1 - number(two)), two);
      default -> null;
    };
  }

  private static @Nullable String at(List<@Nullable String> values, int i) {
    return i < values.size() ? values.get(i) : null;
  }

  private static @Nullable String decoded(String text, @Nullable String form) {
    String as = form == null ? "" : LowerCase.of(form);
    return as.equals("base64") ? Decoder.mime(text) : as.equals("hex") ? Decoder.pairs(text) : null;
  }

  private static @Nullable String replaced(String text, String from, String to) {
    boolean small = text.length() < MAX_VALUE && to.length() < 200;
    String done = small ? text.replace(from, to) : null;
    return done == null || done.length() > MAX_VALUE ? null : done;
  }

  private static String turned(String text, String from, String to) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int at = from.indexOf(text.charAt(i));
      if (at < 0) {
        out.append(text.charAt(i));
      } else if (at < to.length()) {
        out.append(to.charAt(at));
      }
    }
    return out.toString();
  }

  /** {@code %s}, {@code %I} and {@code %L} by the values that follow. */
  private static @Nullable String filled(String pattern, List<@Nullable String> values) {
    StringBuilder out = new StringBuilder();
    int next = 1;
    for (int i = 0; i < pattern.length() && out.length() < MAX_VALUE; i++) {
      boolean hole = pattern.charAt(i) == '%' && i + 1 < pattern.length();
      if (hole && "sIL".indexOf(pattern.charAt(i + 1)) >= 0) {
        String value = at(values, next++);
        if (value == null) {
          return null;
        }
        out.append(value);
        i++;
      } else {
        out.append(pattern.charAt(i));
      }
    }
    return out.toString();
  }

  private static @Nullable String joined(String glue, List<@Nullable String> values) {
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < values.size(); i++) {
      String value = values.get(i);
      if (value == null || out.length() > MAX_VALUE) {
        return null;
      }
      out.append(i > 1 ? glue : "").append(value);
    }
    return out.toString();
  }

  /** From a place that counts from one. */
  private static @Nullable String cut(String text, @Nullable String from, @Nullable String count) {
    int start = from == null ? -1 : number(from) - 1;
    int most = count == null ? text.length() : number(count);
    if (start < 0 || most < 0) {
      return null;
    }
    int begin = Math.min(start, text.length());
    return text.substring(begin, Math.min(text.length(), begin + most));
  }

  private static int number(String text) {
    return ShellText.isNumber(text) && text.length() < 6 ? Integer.parseInt(text) : -1;
  }
}
