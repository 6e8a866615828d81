/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import org.jspecify.annotations.Nullable;

/**
 * What the plain commands of sed make of a text: {@code s} and {@code y} of letters that stand for
 * themselves, a few of them. What is more than that gives nothing.
 */
final class SedScript {
  private static final int MAX_TEXT = 8 << 10;
  private static final int MAX_COMMANDS = 16;

  private SedScript() {}

  /** The text after {@code s/a/b/; y/cd/ef/ …}, or null if that is not known. */
  static @Nullable String run(String script, String text) {
    String rest = script.strip();
    String done = text;
    for (int n = 0; n < MAX_COMMANDS && !rest.isEmpty(); n++) {
      char kind = rest.charAt(0);
      if (rest.length() < 4 || (kind != 's' && kind != 'y')) {
        return null;
      }
      int mid = delimiter(rest, 2);
      int end = delimiter(rest, mid + 1);
      if (end >= rest.length() || mid == 2 || end - mid > 200) {
        return null;
      }
      String from = rest.substring(2, mid);
      String to = rest.substring(mid + 1, end).replace("\\", "");
      if (kind == 's' && (!isPlain(from) || to.indexOf('&') >= 0)) {
        return null;
      }
      String plain = from.replace("\\", "");
      done = kind == 'y' ? turned(done, plain, to) : done.replace(plain, to);
      if (done.length() > MAX_TEXT) {
        return null;
      }
      int next = end + 1;
      while (next < rest.length() && "gIi; \n0123456789".indexOf(rest.charAt(next)) >= 0) {
        next++;
      }
      rest = rest.substring(next);
    }
    return rest.isEmpty() ? done : null;
  }

  private static String turned(String text, String from, String to) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      int at = from.indexOf(text.charAt(i));
      if (at >= 0 && at < to.length()) {
        out.setCharAt(i, to.charAt(at));
      }
    }
    return out.toString();
  }

  private static boolean isPlain(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (".*[]^$".indexOf(c) >= 0 && (i == 0 || pattern.charAt(i - 1) != '\\')) {
        return false;
      }
      if (c == '\\'
          && i + 1 < pattern.length()
          && Character.isLetterOrDigit(pattern.charAt(i + 1))) {
        return false;
      }
    }
    return true;
  }

  /** Where the next delimiter of a command stands; its length if there is none. */
  private static int delimiter(String script, int from) {
    char d = script.charAt(1);
    int i = from;
    while (i < script.length() && script.charAt(i) != d) {
      i += script.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i, script.length());
  }
}
