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
 * An action's arguments laid flat: every plain value with the name that it stands under, within the
 * bounds of {@link Flattening}.
 */
final class Arguments {
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

  private final List<Leaf> leaves;
  private final boolean clipped;
  private final boolean leftOut;
  private final int longestList;
  private final boolean emptyFilter;

  Arguments(Map<String, Object> arguments) {
    Flattening flat = Flattening.of(arguments);
    leaves = flat.leaves;
    clipped = flat.clipped;
    leftOut = flat.leftOut;
    longestList = flat.longestList;
    emptyFilter = flat.emptyFilter;
  }

  private Arguments(Arguments other, List<Leaf> more) {
    leaves = new ArrayList<>(other.leaves);
    leaves.addAll(more);
    clipped = other.clipped;
    leftOut = other.leftOut;
    longestList = other.longestList;
    emptyFilter = other.emptyFilter;
  }

  List<Leaf> leaves() {
    return leaves;
  }

  /** Something was not read. */
  boolean clipped() {
    return clipped;
  }

  /** Whole values were not read, other than more of a list of which some were. */
  boolean leftOut() {
    return leftOut;
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
    return new Arguments(this, more);
  }
}
