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

/**
 * An action's arguments laid flat: every plain value with the name that it stands under. Bounded:
 * 1,000 values, 32 Ki characters of one text, 128 Ki of all.
 */
final class Arguments {
  private static final int MAX_LEAVES = 1_000;
  private static final int MAX_TEXT = 32 << 10;
  private static final int MAX_ALL = 128 << 10;
  private static final int MAX_DEPTH = 40;
  private static final Set<String> FILTERS =
      Set.of("filter", "where", "selector", "match", "conditions", "criteria", "query");

  /**
   * One plain value among the arguments, with the name that it stands under. What several readers
   * need of its text is made once, when first asked for. One thread.
   */
  static final class Leaf {
    private final Name name;
    private final Object value;
    private final String text;
    private @Nullable String normal;

    /** A value: String, Number or Boolean. */
    Leaf(Name name, Object value) {
      this.name = name;
      this.value = value;
      this.text = value instanceof String s ? s : "";
    }

    /** Another text under the same name. */
    Leaf with(String other) {
      return new Leaf(name, other);
    }

    /** The innermost name that it stands under, lower case; "" where there is none. */
    String key() {
      return name.lower();
    }

    /** The same as it is written. */
    String written() {
      return name.text();
    }

    /** The words of that name. */
    List<String> words() {
      return name.words();
    }

    /** Whether one of the name's words is among these. */
    boolean isNamed(Set<String> these) {
      return Words.any(name.words(), these);
    }

    Object value() {
      return value;
    }

    /** The value if it is text, else "". */
    String text() {
      return text;
    }

    /** The text in NFKC and lower case. */
    String normal() {
      String made = normal;
      if (made == null) {
        made = Words.normal(text);
        normal = made;
      }
      return made;
    }
  }

  private final List<Leaf> leaves = new ArrayList<>();
  private int characters;
  private boolean clipped;
  private int longestList;
  private boolean emptyFilter;

  Arguments(Map<String, Object> arguments) {
    walk(Name.NONE, arguments, 0);
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

  /** A filter among them is there and empty: it lets everything through. */
  boolean emptyFilter() {
    return emptyFilter;
  }

  /** These arguments and more values, read from what they encode. */
  Arguments with(List<Leaf> more) {
    Arguments all = new Arguments(Map.of());
    all.leaves.addAll(leaves);
    all.leaves.addAll(more);
    all.characters = characters;
    all.clipped = clipped;
    all.longestList = longestList;
    all.emptyFilter = emptyFilter;
    return all;
  }

  private void walk(Name name, @Nullable Object value, int depth) {
    if (value == null) {
      return;
    }
    if (leaves.size() >= MAX_LEAVES || depth > MAX_DEPTH) {
      clipped = true;
    } else if (value instanceof Map<?, ?> map) {
      emptyFilter |= map.isEmpty() && FILTERS.contains(name.lower());
      for (Map.Entry<?, ?> e : map.entrySet()) {
        walk(Name.of(String.valueOf(e.getKey())), e.getValue(), depth + 1);
      }
    } else if (value instanceof List<?> list) {
      if (!list.isEmpty() && !(list.get(0) instanceof Map) && !(list.get(0) instanceof List)) {
        longestList = Math.max(longestList, list.size());
      }
      for (Object item : list) {
        walk(name, item, depth + 1);
      }
    } else if (value instanceof String text) {
      add(name, text);
    } else {
      leaves.add(new Leaf(name, value));
    }
  }

  private void add(Name name, String text) {
    int room = Math.min(MAX_TEXT, MAX_ALL - characters);
    if (text.length() > room) {
      clipped = true;
    }
    String kept = text.length() > room ? text.substring(0, Math.max(0, room)) : text;
    characters += kept.length();
    leaves.add(new Leaf(name, kept));
  }
}
