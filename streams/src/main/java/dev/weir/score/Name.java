/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A name of a tool or an argument, with what is read from it. The same few names come again and
 * again, so the last ones are kept: at most {@value #KEPT}, of at most {@value #MAX_KEPT_LENGTH}
 * characters, each in the one place that its hash gives it, where the next one replaces it. What is
 * kept saves time and changes nothing. Immutable but for what is read when it is first asked for,
 * and read alike whoever asks; any thread.
 */
final class Name {
  static final Name NONE = new Name("");

  private static final int KEPT = 2048;
  private static final int MAX_KEPT_LENGTH = 64;
  private static final AtomicReferenceArray<Name> LAST = new AtomicReferenceArray<>(KEPT);

  private final String text;
  private @Nullable String lower;
  private @Nullable List<String> words;

  private Name(String text) {
    this.text = text;
  }

  static Name of(String text) {
    if (text.length() > MAX_KEPT_LENGTH) {
      return new Name(text);
    }
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 16)) & (KEPT - 1);
    Name kept = LAST.getPlain(place);
    if (kept != null && kept.text.equals(text)) {
      return kept;
    }
    Name name = new Name(text);
    LAST.setRelease(place, name);
    return name;
  }

  /** The name as it stands. */
  String text() {
    return text;
  }

  /** The name in lower case. */
  String lower() {
    String made = lower;
    if (made == null) {
      made = LowerCase.of(text);
      lower = made;
    }
    return made;
  }

  /** Its words, lower case. */
  List<String> words() {
    List<String> made = words;
    if (made == null) {
      made = List.copyOf(Words.ofName(text));
      words = made;
    }
    return made;
  }
}
