/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls that take texts apart and put them together: parted, turned round, cut, repeated, filled,
 * in other letters. At most 8 Ki characters and 200 parts.
 */
final class CodeTexts {
  private static final int MAX_TEXT = 8 << 10;
  private static final int MAX_PARTS = 200;

  private CodeTexts() {}

  /** What a call gives if it is one of these and all of it is known; null if not. */
  static @Nullable CodeValue fold(
      CodeValue callee, String member, List<CodeValue> arguments, Map<String, CodeValue> named) {
    CodeValue first = arguments.isEmpty() ? CodeValue.UNKNOWN : arguments.get(0);
    String self = callee.self();
    if (self != null && self.length() > MAX_TEXT) {
      return null;
    }
    return switch (member) {
      case "split", "rsplit", "explode", "lines" -> parted(callee, member, arguments);
      case "reverse", "reversed", "array_reverse" -> turned(callee, first);
      case "lower", "toLowerCase", "downcase", "casefold", "lc", "strtolower" ->
          changed(callee, first, LowerCase::of);
      case "upper", "toUpperCase", "upcase", "uc", "strtoupper" ->
          changed(callee, first, Letters::upper);
      case "normalize", "unicode_normalize", "NFKC", "unidecode" -> normal(callee, arguments);
      case "reduce", "sum" -> summed(callee, arguments);
      case "slice", "substring", "substr", "charAt" -> cut(callee, arguments);
      case "repeat" -> repeated(callee, first);
      case "Template" -> first.text() == null ? null : template(first);
      case "substitute", "safe_substitute" -> filled(callee, named);
      case "rot13", "str_rot13" -> rotated(first);
      case "which" -> first.text() == null ? null : first;
      case "sprintf" -> first.text() == null ? null : placed(arguments);
      case "map" -> mapped(arguments);
      default -> null;
    };
  }

  private static CodeValue template(CodeValue pattern) {
    return new CodeValue(pattern.text(), List.of(), "Template", pattern.taints(), pattern.text());
  }

  private interface Change {
    String of(String text);
  }

  private static @Nullable CodeValue changed(CodeValue callee, CodeValue first, Change change) {
    String self = callee.self();
    if (self != null) {
      return CodeValue.text(change.of(self), callee.taints());
    }
    String text = callee.owner().isEmpty() ? first.text() : null;
    return text == null ? null : CodeValue.text(change.of(text), first.taints());
  }

  private static @Nullable CodeValue parted(
      CodeValue callee, String member, List<CodeValue> arguments) {
    boolean function = callee.self() == null;
    String text = callee.self();
    String mark = arguments.isEmpty() ? " " : arguments.get(0).text();
    if (function && (member.equals("explode") || callee.owner().equals("shlex"))) {
      boolean explodes = member.equals("explode");
      text = arguments.isEmpty() ? null : arguments.get(explodes ? arguments.size() - 1 : 0).text();
      mark = explodes ? mark : " ";
    }
    if (text == null || mark == null) {
      return null;
    }
    List<CodeValue> parts = new ArrayList<>();
    if (mark.isEmpty()) {
      text.chars()
          .limit(MAX_PARTS)
          .forEach(c -> parts.add(CodeValue.text(String.valueOf((char) c), callee.taints())));
    } else {
      String by = member.equals("lines") ? "\n" : mark;
      for (int from = 0; from <= text.length() && parts.size() < MAX_PARTS; ) {
        int end = text.indexOf(by, from);
        String part = text.substring(from, end < 0 ? text.length() : end);
        if (!part.isEmpty() || !by.equals(" ")) {
          parts.add(CodeValue.text(part, callee.taints()));
        }
        from = end < 0 ? text.length() + 1 : end + by.length();
      }
    }
    return CodeValue.list(parts);
  }

  private static @Nullable CodeValue turned(CodeValue callee, CodeValue first) {
    CodeValue list = callee.items().isEmpty() ? first : callee;
    if (!list.items().isEmpty()) {
      List<CodeValue> items = new ArrayList<>(list.items());
      Collections.reverse(items);
      return CodeValue.list(items).with(Flow.DECODED);
    }
    return null;
  }

  /** One script's forms of letters brought to plain ones, as the reader reads them anyway. */
  private static @Nullable CodeValue normal(CodeValue callee, List<CodeValue> arguments) {
    String last = arguments.isEmpty() ? null : arguments.get(arguments.size() - 1).text();
    boolean own = callee.self() != null && !callee.owner().equals("unicodedata");
    String text = own ? callee.self() : last;
    return text == null ? null : CodeValue.text(Lookalikes.plain(text), Flow.DECODED);
  }

  private static @Nullable CodeValue summed(CodeValue callee, List<CodeValue> arguments) {
    List<CodeValue> items = callee.items();
    for (CodeValue argument : arguments) {
      items = argument.items().isEmpty() ? items : argument.items();
    }
    if (items.isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    int taints = 0;
    for (CodeValue item : items) {
      String part = item.text();
      if (part == null || text.length() + part.length() > MAX_TEXT || ShellText.isNumber(part)) {
        return null;
      }
      text.append(part);
      taints |= item.taints();
    }
    return CodeValue.text(text.toString(), taints);
  }

  /** The items of a list of texts, one after the other; null if not all are known. */
  static @Nullable CodeValue joined(CodeValue list) {
    return summed(list, List.of());
  }

  /** Whether a text is a name as programs have them. */
  static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!ShellText.isNamePart(c) && c != '$') {
        return false;
      }
    }
    return !text.isEmpty() && !Character.isDigit(text.charAt(0));
  }

  private static @Nullable CodeValue cut(CodeValue callee, List<CodeValue> arguments) {
    String self = callee.self();
    if (self == null || arguments.isEmpty()) {
      return null;
    }
    int from = number(arguments.get(0), self.length());
    boolean substr = callee.member().equals("substr");
    int to = arguments.size() > 1 ? number(arguments.get(1), self.length()) : self.length();
    if (callee.member().equals("charAt")) {
      to = from + 1;
    } else if (substr && arguments.size() > 1) {
      to = from + to;
    }
    if (from < 0 || to < from) {
      return null;
    }
    int start = Math.min(from, self.length());
    return CodeValue.text(self.substring(start, Math.min(to, self.length())), callee.taints());
  }

  /** A plain number; -1 if it is none. */
  private static int number(CodeValue value, int most) {
    String text = value.text();
    boolean plain = text != null && ShellText.isNumber(text) && text.length() < 6;
    return plain && text != null ? Math.min(most, Integer.parseInt(text)) : -1;
  }

  private static @Nullable CodeValue repeated(CodeValue callee, CodeValue first) {
    String self = callee.self();
    int times = number(first, 100);
    boolean small = self != null && times >= 0 && self.length() * times < MAX_TEXT;
    return small && self != null ? CodeValue.text(self.repeat(times), callee.taints()) : null;
  }

  /** {@code $name} and {@code ${name}} by what is given under the name. */
  private static @Nullable CodeValue filled(CodeValue callee, Map<String, CodeValue> named) {
    String pattern = callee.self();
    if (pattern == null) {
      return null;
    }
    String text = pattern;
    for (Map.Entry<String, CodeValue> e : named.entrySet()) {
      String value = e.getValue().text();
      if (value != null && text.length() < MAX_TEXT && value.length() < 1_000) {
        text = text.replace("${" + e.getKey() + "}", value).replace("$" + e.getKey(), value);
      }
    }
    return CodeValue.text(text, callee.taints());
  }

  static CodeValue rotated(CodeValue value) {
    String text = value.text();
    if (text == null || text.length() > MAX_TEXT) {
      return CodeValue.tainted(value.taints() | Flow.DECODED);
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char a = c >= 'a' && c <= 'z' ? 'a' : 'A';
      out.append(Scripts.isLatin(c) ? (char) (a + (c - a + 13) % 26) : c);
    }
    return CodeValue.text(out.toString(), value.taints() | Flow.DECODED);
  }

  private static @Nullable CodeValue placed(List<CodeValue> arguments) {
    String pattern = arguments.get(0).text();
    CodeValue values = CodeValue.list(arguments.subList(1, arguments.size()));
    return pattern == null
        ? null
        : CodeValue.text(CodeHoles.placed(pattern, values), values.taints());
  }

  /** {@code map(chr, […])}: letters by their numbers. */
  private static @Nullable CodeValue mapped(List<CodeValue> arguments) {
    if (arguments.size() != 2) {
      return null;
    }
    String function = arguments.get(0).member();
    List<CodeValue> items = arguments.get(1).items();
    return switch (function) {
      case "str", "String" -> items.isEmpty() ? null : arguments.get(1);
      case "chr" -> items.isEmpty() ? null : CodeFolds.characters(items);
      default -> null;
    };
  }
}
