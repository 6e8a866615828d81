/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lexicon of {@code cues.txt}: what a word says about the sentence that it stands in. Looked up
 * by the word's hash, without allocation. The low bits are kinds of act, the next ones classes of
 * cue, the high half kinds of thing.
 */
final class Cues {
  private static final String[] VERBS = {
    "read", "send", "pay", "create", "update", "delete", "share", "publish", "book", "execute",
    "grant", "secure", "do"
  };

  /** Kinds of act, by name. */
  static long kind(String verb) {
    return bit("verb " + verb);
  }

  /** Kinds of thing, by name. */
  static long thing(String name) {
    return bit("thing " + name);
  }

  private static final String[] CLASSES = {
    "you",
    "agent",
    "user",
    "task",
    "override",
    "before",
    "urgent",
    "lead",
    "quiet",
    "stop",
    "delegate",
    "base",
    "tag"
  };
  private static final String[] THINGS = {
    "money",
    "message",
    "file",
    "event",
    "credential",
    "account",
    "person",
    "channel",
    "page",
    "booking",
    "review",
    "code",
    "data",
    "device",
    "system"
  };
  private static final int CLASS_SHIFT = 16;
  private static final int THING_SHIFT = 32;
  private static final Map<String, Long> NAMED = names();

  /** Any kind of act. */
  static final long ACTS = (1L << VERBS.length) - 1;

  static final long DO = bit("verb do");
  static final long YOU = bit("you");
  static final long AGENT = bit("agent");
  static final long USER = bit("user");
  static final long TASK = bit("task");
  static final long OVERRIDE = bit("override");
  static final long BEFORE = bit("before");
  static final long URGENT = bit("urgent");
  static final long LEAD = bit("lead");
  static final long QUIET = bit("quiet");
  static final long DELEGATE = bit("delegate");

  /** The sentence begins with a tag that switches roles. */
  static final long TAG = bit("tag");

  /** The word is a verb as orders use it. */
  static final long BASE = bit("base");

  static final long STOP = bit("stop");

  /** The sentence begins a field or an object of a document of JSON: no text runs on into it. */
  static final long APART = 1L << (CLASS_SHIFT + CLASSES.length);

  /** The sentence begins a row of a table or an item of a list. */
  static final long ROW = APART << 1;

  /** Any kind of thing. */
  static final long ALL_THINGS = -1L << THING_SHIFT;

  private static final HashedWords WORDS = HashedWords.read("cues.txt", Cues::read);

  private Cues() {}

  /** What the word of this hash says; 0 for nothing. */
  static long of(long hash) {
    return WORDS.get(hash);
  }

  /** What a word, folded or not, says. */
  static long of(String word) {
    return WORDS.get(Hashes.ofWord(word));
  }

  private static long bit(String name) {
    return NAMED.getOrDefault(name, 0L);
  }

  private static Map<String, Long> names() {
    Map<String, Long> names = new HashMap<>();
    for (int i = 0; i < VERBS.length; i++) {
      names.put("verb " + VERBS[i], 1L << i);
    }
    for (int i = 0; i < CLASSES.length; i++) {
      names.put(CLASSES[i], 1L << (CLASS_SHIFT + i));
    }
    for (int i = 0; i < THINGS.length; i++) {
      names.put("thing " + THINGS[i], 1L << (THING_SHIFT + i));
    }
    return names;
  }

  private static void read(String name, String list, Map<Long, Long> words) {
    Long bit = NAMED.get(name);
    if (bit == null) {
      throw new IllegalStateException("cues.txt: no class " + name);
    }
    for (String word : list.split(" ", -1)) {
      for (String form : forms(name, word)) {
        long base = name.startsWith("verb") && isBase(word, form) ? BASE : 0;
        words.merge(Hashes.ofWord(form), bit | base, (a, b) -> a | b);
      }
    }
  }

  private static boolean isBase(String word, String form) {
    return form.equals(word) || word.startsWith("!");
  }

  private static List<String> forms(String name, String word) {
    if (word.startsWith("!")) {
      return List.of(word.substring(1));
    }
    if (name.startsWith("thing")) {
      return List.of(word, word + "s", word.endsWith("y") ? cut(word) + "ies" : word);
    }
    return name.startsWith("verb") ? inflected(word) : List.of(word);
  }

  private static List<String> inflected(String verb) {
    List<String> forms = new ArrayList<>(List.of(verb, verb + "s", verb + "es"));
    char last = verb.charAt(verb.length() - 1);
    String stem = last == 'e' ? cut(verb) : verb;
    forms.addAll(List.of(stem + "ing", stem + "ed", stem + last + "ing", stem + last + "ed"));
    if (last == 'y') {
      forms.addAll(List.of(cut(verb) + "ies", cut(verb) + "ied"));
    }
    return forms;
  }

  private static String cut(String word) {
    return word.substring(0, word.length() - 1);
  }
}
