/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value in program text.
 *
 * @param text the string that it is; null if that is not known
 * @param items what it holds, if it is a list
 * @param name the dotted name by which it is called: {@code os.system}; "" if it has none
 * @param taints where its bytes come from, as in {@link Flow}
 * @param self the text of what it is a member of; null if that is not known
 */
record CodeValue(
    @Nullable String text, List<CodeValue> items, String name, int taints, @Nullable String self) {
  private static final int MAX_TEXT = 2 << 10;

  static final CodeValue UNKNOWN = new CodeValue(null, List.of(), "", 0, null);

  static CodeValue text(String text, int taints) {
    return new CodeValue(text, List.of(), "", taints | Flow.taints(text), null);
  }

  static CodeValue named(String name) {
    return new CodeValue(null, List.of(), name, 0, null);
  }

  static CodeValue tainted(int taints) {
    return taints == 0 ? UNKNOWN : new CodeValue(null, List.of(), "", taints, null);
  }

  static CodeValue list(List<CodeValue> items) {
    int taints = 0;
    for (CodeValue item : items) {
      taints |= item.taints;
    }
    return new CodeValue(null, items, "", taints, null);
  }

  /** The same, also from there. */
  CodeValue with(int more) {
    return new CodeValue(text, items, name, taints | more, self);
  }

  CodeValue member(String attribute) {
    String path = name.length() > 120 ? "" : name;
    return new CodeValue(
        null, items, path.isEmpty() ? "." + attribute : path + "." + attribute, taints, text);
  }

  /** Both, one after the other. Long texts are no longer followed, so that sums stay linear. */
  CodeValue plus(CodeValue other) {
    int both = taints | other.taints;
    if (text == null && other.text == null) {
      return tainted(both);
    }
    String head = text == null ? Flow.UNKNOWN.word() : text;
    String tail = other.text == null ? Flow.UNKNOWN.word() : other.text;
    return head.length() + tail.length() > MAX_TEXT
        ? tainted(both)
        : new CodeValue(head + tail, List.of(), "", both, null);
  }

  Flow flow() {
    return text == null ? Flow.tainted(taints) : new Flow(text, taints);
  }

  /** The last part of the name. */
  String member() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The name without its last part. */
  String owner() {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }
}
