/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action's arguments laid flat: every plain value with the name that it stands under. Bounded:
 * 1,000 values, 32 Ki characters of one text, 128 Ki of all.
 */
final class Arguments {
  private static final int MAX_LEAVES = 1_000;
  private static final int MAX_TEXT = 32 << 10;
  private static final int MAX_ALL = 128 << 10;
  private static final int MAX_DEPTH = 40;

  /**
   * One plain value.
   *
   * @param key the innermost name that it stands under, lower case; "" where there is none
   * @param words the words of that name
   * @param value String, Number or Boolean
   */
  record Leaf(String key, List<String> words, Object value) {
    /** The value if it is text, else "". */
    String text() {
      return value instanceof String s ? s : "";
    }
  }

  private final List<Leaf> leaves = new ArrayList<>();
  private int characters;
  private boolean clipped;
  private int longestList;

  Arguments(Map<String, Object> arguments) {
    walk("", List.of(), arguments, 0);
  }

  List<Leaf> leaves() {
    return leaves;
  }

  boolean clipped() {
    return clipped;
  }

  /** The length of the longest list of plain values. */
  int longestList() {
    return longestList;
  }

  private void walk(String key, List<String> words, @Nullable Object value, int depth) {
    if (value == null) {
      return;
    }
    if (leaves.size() >= MAX_LEAVES || depth > MAX_DEPTH) {
      clipped = true;
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> e : map.entrySet()) {
        String name = String.valueOf(e.getKey());
        walk(name.toLowerCase(Locale.ROOT), Words.ofName(name), e.getValue(), depth + 1);
      }
    } else if (value instanceof List<?> list) {
      if (!list.isEmpty() && !(list.get(0) instanceof Map) && !(list.get(0) instanceof List)) {
        longestList = Math.max(longestList, list.size());
      }
      for (Object item : list) {
        walk(key, words, item, depth + 1);
      }
    } else if (value instanceof String text) {
      add(key, words, text);
    } else {
      leaves.add(new Leaf(key, words, value));
    }
  }

  private void add(String key, List<String> words, String text) {
    int room = Math.min(MAX_TEXT, MAX_ALL - characters);
    if (text.length() > room) {
      clipped = true;
    }
    String kept = text.length() > room ? text.substring(0, Math.max(0, room)) : text;
    characters += kept.length();
    leaves.add(new Leaf(key, words, kept));
  }
}
