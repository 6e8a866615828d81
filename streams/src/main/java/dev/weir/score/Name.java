/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A name of a tool or an argument, with what is read from it. The same few names come again and
 * again, so the last ones are kept: at most {@value #KEPT}, of at most {@value #MAX_KEPT_LENGTH}
 * characters, each in the one place that its hash gives it, where the next one replaces it. What is
 * kept saves time and changes nothing. Immutable; any thread.
 *
 * @param text the name as it stands
 * @param lower in lower case
 * @param words its words, lower case
 */
record Name(String text, String lower, List<String> words) {
  static final Name NONE = new Name("", "", List.of());

  private static final int KEPT = 2048;
  private static final int MAX_KEPT_LENGTH = 64;
  private static final AtomicReferenceArray<Name> LAST = new AtomicReferenceArray<>(KEPT);

  static Name of(String text) {
    if (text.length() > MAX_KEPT_LENGTH) {
      return read(text);
    }
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 16)) & (KEPT - 1);
    Name kept = LAST.getPlain(place);
    if (kept != null && kept.text.equals(text)) {
      return kept;
    }
    Name name = read(text);
    LAST.setRelease(place, name);
    return name;
  }

  private static Name read(String text) {
    return new Name(text, LowerCase.of(text), List.copyOf(Words.ofName(text)));
  }
}
