/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Lexicon.Meaning;
import java.util.Set;
import java.util.TreeSet;

/** What rules may name under {@code verbs} and {@code objects}: the categories of the lexicon. */
public final class Categories {
  /** Verbs whose sense {@link Senses} settles by what they are said of. */
  private static final Set<String> UNSETTLED = Set.of("open", "shut");

  private Categories() {}

  /** What a tool can do. */
  public static Set<String> verbs() {
    Set<String> verbs = new TreeSet<>();
    for (Meaning meaning : Lexicon.WORDS.meanings()) {
      if (!meaning.verb().isEmpty() && !UNSETTLED.contains(meaning.verb())) {
        verbs.add(meaning.verb());
      }
    }
    return verbs;
  }

  /** What it can do it to. */
  public static Set<String> objects() {
    Set<String> objects = new TreeSet<>();
    Lexicon.WORDS.meanings().forEach(meaning -> objects.addAll(meaning.objects()));
    return objects;
  }
}
