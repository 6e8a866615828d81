/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits names into words, and brings text into one form. */
final class Words {
  static final int MAX_NAME = 160;
  private static final int MAX_WORDS = 24;

  private Words() {}

  /**
   * The words of a name, lower case: {@code GmailSendEmail}, {@code send_email}, {@code SQLQuery2}.
   */
  static List<String> ofName(String name) {
    List<String> words = new ArrayList<>(6);
    int end = Math.min(name.length(), MAX_NAME);
    int start = 0;
    for (int i = 0; i <= end && words.size() < MAX_WORDS; i++) {
      if (i == end || !Character.isLetter(name.charAt(i))) {
        add(words, name, start, i);
        start = i + 1;
      } else if (i > start && begins(name, i, end)) {
        add(words, name, start, i);
        start = i;
      }
    }
    return words;
  }

  /** Whether a word begins with the capital letter at {@code i}, above 0: {@code sendMail}. */
  static boolean begins(String name, int i, int end) {
    if (!Character.isUpperCase(name.charAt(i))) {
      return false;
    }
    boolean afterLower = Character.isLowerCase(name.charAt(i - 1));
    boolean beforeLower = i + 1 < end && Character.isLowerCase(name.charAt(i + 1));
    return afterLower || beforeLower;
  }

  private static void add(List<String> words, String name, int start, int end) {
    if (end > start) {
      words.add(LowerCase.of(name.substring(start, end)));
    }
  }

  /** Whether one of the words is among these. */
  static boolean any(List<String> words, Set<String> these) {
    for (int i = 0; i < words.size(); i++) {
      if (these.contains(words.get(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The text in NFKC and lower case, without characters that do not show, and with foreign letters
   * in Latin words as the letters that they pass for.
   */
  static String normal(String text) {
    if (isAscii(text)) {
      return LowerCase.of(text);
    }
    String form = StreamSafe.nfkc(text);
    return Scripts.folded(visible(LowerCase.of(form)));
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  /** The text without characters that do not show. */
  static String visible(String text) {
    int shown = 0;
    while (shown < text.length() && !Scripts.isInvisible(text.charAt(shown))) {
      shown++;
    }
    if (shown == text.length()) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length()).append(text, 0, shown);
    for (int i = shown; i < text.length(); i++) {
      if (!Scripts.isInvisible(text.charAt(i))) {
        visible.append(text.charAt(i));
      }
    }
    return visible.toString();
  }

  /** The words of normal text: runs of letters and digits of at least {@code min} characters. */
  static List<String> ofText(String text, int min, int max) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length() && words.size() < max; i++) {
      if (i == text.length() || !Character.isLetterOrDigit(text.charAt(i))) {
        if (i - start >= min) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }
}
