/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

/**
 * One thing that an action leaves for later ones of its task.
 *
 * @param kind what it is
 * @param key a hash of the name by which it is found
 * @param content what it holds, as far as that is known
 * @param deeds what running it does, where the content itself is not kept: {@link Deeds}
 * @param others what running it does if one of the changes to it had not happened
 * @param added whether the content comes behind what is there already
 */
record Leftover(Kind kind, int key, Flow content, long deeds, long others, boolean added) {
  /** What is left; the order is part of what tasks store. */
  enum Kind {
    /** A variable of a shell. */
    VARIABLE,
    ALIAS,
    FUNCTION,
    /** A file, by the last part of its path. */
    FILE,
    /** A thing outside that was given a name, or a name that was given to a thing. */
    NAME,
    /** A name of a program that goes on from call to call. */
    VALUE,
    /** What the latter stands for is no text but something to call. */
    CALLEE,
    /** The working folder. */
    FOLDER,
    /** All that had to be forgotten, together. */
    LOST
  }

  static Leftover of(Kind kind, String name, Flow content, long deeds) {
    return new Leftover(kind, key(name), content, deeds, 0, false);
  }

  static Leftover text(Kind kind, String name, String text) {
    return new Leftover(kind, key(name), Flow.of(text), 0, 0, false);
  }

  /** The hash of a name: without case, of at most its last 80 characters. */
  static int key(String name) {
    int from = Math.max(0, name.length() - 80);
    int hash = 7;
    for (int i = from; i < name.length(); i++) {
      char c = name.charAt(i);
      hash = hash * 31 + (c < 128 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : Character.toLowerCase(c));
    }
    return hash ^ (hash >>> 15);
  }

  /** The hash of a file's name: the last part of its path. */
  static int ofPath(String path) {
    return key(path.substring(path.lastIndexOf('/') + 1));
  }

  /** Whether the other tells at least as much. */
  boolean isWithin(Leftover other) {
    boolean told = content.text() == null || content.text().equals(other.content().text());
    return told
        && (content.taints() & ~other.content().taints()) == 0
        && (deeds & ~other.deeds()) == 0;
  }

  /** Whether it could make a later action worse than it looks. */
  boolean matters() {
    return deeds != 0 || content.taints() != 0 || (content.text() != null && kind != Kind.LOST);
  }
}
