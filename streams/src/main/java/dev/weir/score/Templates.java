/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Arguments.Leaf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values with holes that other values of the same action fill: {@code {{name}}}, {@code ${name}},
 * {@code %name%}. One pass over texts that have such a sign.
 */
final class Templates {
  private static final int MAX_TEXT = 4 << 10;
  private static final int MAX_NAME = 60;
  private static final int MAX_FILLED = 8;

  /** Texts with holes that are looked at, and holes of one text. */
  private static final int MAX_TRIED = 16;

  /** Values whose names are looked at. */
  private static final int MAX_NAMED = 64;

  /** How a hole ends in one text: the next end, looked for once for all openings before it. */
  private static final class Ends {
    private final String text;
    private final String close;
    private int next = -1;
    private boolean none;

    Ends(String text, String close) {
      this.text = text;
      this.close = close;
    }

    /** The first end at {@code from}, which may not fall, or later; -1 where there is none. */
    int after(int from) {
      if (!none && next < from) {
        next = text.indexOf(close, from);
        none = next < 0;
      }
      return next;
    }
  }

  private Templates() {}

  /** Adds the filled texts. */
  static void fill(Arguments arguments, List<Leaf> filled) {
    List<Leaf> leaves = arguments.leaves();
    if (leaves.size() < 2) {
      return;
    }
    int tried = 0;
    for (int i = 0; i < leaves.size() && filled.size() < MAX_FILLED && tried < MAX_TRIED; i++) {
      Leaf leaf = leaves.get(i);
      String text = leaf.text();
      boolean holes =
          text.length() <= MAX_TEXT
              && (text.indexOf("{{") >= 0 || text.indexOf("${") >= 0 || text.indexOf('%') >= 0);
      if (holes) {
        tried++;
        String whole = filled(text, leaves);
        if (whole != null) {
          filled.add(leaf.with(whole));
        }
      }
    }
  }

  private static @Nullable String filled(String text, List<Leaf> leaves) {
    StringBuilder whole = null;
    int from = 0;
    int i = 0;
    int holes = 0;
    Ends braces = new Ends(text, "}}");
    Ends dollar = new Ends(text, "}");
    Ends percent = new Ends(text, "%");
    while (i < text.length() && holes < MAX_TRIED) {
      String open = opening(text, i);
      Ends ends = open.equals("{{") ? braces : open.equals("${") ? dollar : percent;
      int end = open.isEmpty() ? -1 : ends.after(i + open.length());
      if (end < 0 || end - i > MAX_NAME) {
        i++;
        continue;
      }
      holes++;
      String value = value(text.substring(i + open.length(), end).strip(), leaves);
      if (value == null) {
        i++;
        continue;
      }
      whole = whole == null ? new StringBuilder() : whole;
      whole.append(text, from, i).append(value);
      i = end + ends.close.length();
      from = i;
    }
    return whole == null ? null : whole.append(text, from, text.length()).toString();
  }

  private static String opening(String text, int i) {
    char c = text.charAt(i);
    if (c == '{' || c == '$') {
      return text.startsWith("{{", i) ? "{{" : text.startsWith("${", i) ? "${" : "";
    }
    return c == '%' ? "%" : "";
  }

  private static @Nullable String value(String name, List<Leaf> leaves) {
    if (name.isEmpty()) {
      return null;
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    for (int i = 0; i < leaves.size() && i < MAX_NAMED; i++) {
      Leaf leaf = leaves.get(i);
      if (leaf.key().equalsIgnoreCase(last) && leaf.text().length() <= 300) {
        return leaf.value() instanceof Boolean ? null : String.valueOf(leaf.value());
      }
    }
    return null;
  }
}
